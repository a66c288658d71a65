// What Stanford CoreNLP's SUTime finds in the documents of a JSON lines file ({id, text, published}):
// one OUT/ID.json per document with `dates` [{start, end, text, value}], offsets in code points.
// Kind to the peer: parts of a day are cut from its values, and what is no day, month or year (durations,
// sets, weeks) is left out, because the gold has none of them.

import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.AnnotationPipeline;
import edu.stanford.nlp.pipeline.POSTaggerAnnotator;
import edu.stanford.nlp.pipeline.TokenizerAnnotator;
import edu.stanford.nlp.pipeline.WordsToSentencesAnnotator;
import edu.stanford.nlp.time.TimeAnnotations;
import edu.stanford.nlp.time.TimeAnnotator;
import edu.stanford.nlp.time.Timex;
import edu.stanford.nlp.util.CoreMap;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import javax.json.Json;
import javax.json.JsonArrayBuilder;
import javax.json.JsonObject;

public class Times {
  public static void main(String[] args) throws Exception {
    AnnotationPipeline pipeline = new AnnotationPipeline();
    pipeline.addAnnotator(new TokenizerAnnotator(false, "en"));
    pipeline.addAnnotator(new WordsToSentencesAnnotator(false));
    pipeline.addAnnotator(new POSTaggerAnnotator(false));
    pipeline.addAnnotator(new TimeAnnotator("sutime", new Properties()));
    long started = System.nanoTime();
    int n = 0;
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      JsonObject document = Json.createReader(new StringReader(line)).readObject();
      String text = document.getString("text");
      Annotation annotation = new Annotation(text);
      annotation.set(CoreAnnotations.DocDateAnnotation.class, document.getString("published"));
      pipeline.annotate(annotation);
      JsonArrayBuilder dates = Json.createArrayBuilder();
      for (CoreMap found : annotation.get(TimeAnnotations.TimexAnnotations.class)) {
        Timex timex = found.get(TimeAnnotations.TimexAnnotation.class);
        String value = timex.value() == null ? "" : timex.value().replaceFirst("T.*", "");
        if (!value.matches("\\d{4}(-\\d\\d(-\\d\\d)?)?")) continue;
        int start = found.get(CoreAnnotations.CharacterOffsetBeginAnnotation.class);
        int end = found.get(CoreAnnotations.CharacterOffsetEndAnnotation.class);
        dates.add(Json.createObjectBuilder()
            .add("start", text.codePointCount(0, start))
            .add("end", text.codePointCount(0, end))
            .add("text", text.substring(start, end))
            .add("value", value));
      }
      Files.writeString(Path.of(args[1], document.getString("id") + ".json"),
          Json.createObjectBuilder().add("dates", dates).build().toString());
      ++n;
    }
    System.err.printf("%d documents in %.1f s%n", n, (System.nanoTime() - started) / 1e9);
  }
}
