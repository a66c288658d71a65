// What Stanford CoreNLP's quote annotator and its statistical coreference find in the documents of a JSON lines file
// ({id, text}): one OUT/ID.json per document with `attributions` [{source, cue, content}] and `mentions`
// [{start, end, cluster}], offsets in code points.
// Kind to the peer: it names no cue, so all that stands between its speaker and its quotation counts as one, with a few
// words on either side of the speaker.

import edu.stanford.nlp.coref.CorefCoreAnnotations;
import edu.stanford.nlp.coref.data.CorefChain;
import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.QuoteAttributionAnnotator;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.util.CoreMap;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import javax.json.Json;
import javax.json.JsonArrayBuilder;
import javax.json.JsonObject;

public class Voices {
  static final int WORDS_BESIDE = 3;

  static JsonArrayBuilder span(String text, int start, int end) {
    return Json.createArrayBuilder().add(text.codePointCount(0, start)).add(text.codePointCount(0, end));
  }

  static JsonArrayBuilder attributions(Annotation annotation, String text) {
    JsonArrayBuilder found = Json.createArrayBuilder();
    List<CoreLabel> tokens = annotation.get(CoreAnnotations.TokensAnnotation.class);
    List<CoreMap> quotes = annotation.get(CoreAnnotations.QuotationsAnnotation.class);
    if (quotes == null) return found;
    for (CoreMap quote : quotes) {
      Integer first = quote.get(QuoteAttributionAnnotator.MentionBeginAnnotation.class);
      Integer last = quote.get(QuoteAttributionAnnotator.MentionEndAnnotation.class);
      if (first == null || last == null) continue;
      int begin = quote.get(CoreAnnotations.CharacterOffsetBeginAnnotation.class);
      int end = quote.get(CoreAnnotations.CharacterOffsetEndAnnotation.class);
      int cueBegin = tokens.get(Math.max(0, first - WORDS_BESIDE)).beginPosition();
      int cueEnd = tokens.get(Math.min(tokens.size() - 1, last + WORDS_BESIDE)).endPosition();
      if (cueEnd < begin) cueEnd = begin;
      if (cueBegin > end) cueBegin = end;
      found.add(Json.createObjectBuilder()
          .add("source", span(text, tokens.get(first).beginPosition(), tokens.get(last).endPosition()))
          .add("cue", span(text, cueBegin, cueEnd))
          .add("content", span(text, begin, end)));
    }
    return found;
  }

  static JsonArrayBuilder mentions(Annotation annotation, String text) {
    JsonArrayBuilder found = Json.createArrayBuilder();
    List<CoreMap> sentences = annotation.get(CoreAnnotations.SentencesAnnotation.class);
    for (CorefChain chain : annotation.get(CorefCoreAnnotations.CorefChainAnnotation.class).values()) {
      for (CorefChain.CorefMention mention : chain.getMentionsInTextualOrder()) {
        List<CoreLabel> words = sentences.get(mention.sentNum - 1).get(CoreAnnotations.TokensAnnotation.class);
        int begin = words.get(mention.startIndex - 1).beginPosition();
        int end = words.get(mention.endIndex - 2).endPosition();
        found.add(Json.createObjectBuilder()
            .add("start", text.codePointCount(0, begin))
            .add("end", text.codePointCount(0, end))
            .add("cluster", chain.getChainID()));
      }
    }
    return found;
  }

  public static void main(String[] args) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("annotators", "tokenize,pos,lemma,ner,depparse,coref,quote");
    properties.setProperty("coref.algorithm", "statistical");
    properties.setProperty("ner.applyFineGrained", "false");
    properties.setProperty("ner.buildEntityMentions", "true");
    StanfordCoreNLP pipeline = new StanfordCoreNLP(properties);
    long started = System.nanoTime();
    int n = 0;
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      JsonObject document = Json.createReader(new StringReader(line)).readObject();
      String text = document.getString("text");
      Annotation annotation = new Annotation(text);
      pipeline.annotate(annotation);
      Files.writeString(Path.of(args[1], document.getString("id") + ".json"),
          Json.createObjectBuilder()
              .add("attributions", attributions(annotation, text))
              .add("mentions", mentions(annotation, text))
              .build().toString());
      ++n;
    }
    System.err.printf("%d documents in %.1f s%n", n, (System.nanoTime() - started) / 1e9);
  }
}
