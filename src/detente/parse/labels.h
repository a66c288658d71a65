#pragma once
// Labels that rules downstream compare with, as ids that are the same in every document.
// A model may use others too: they get ids of their own, document by document.

#include <array>
#include <string_view>

#include "detente/base/string_pool.h"

namespace detente::parse {

/// Seed of every ParsedDocument's pool. Order is free, but each string stands once.
inline constexpr std::array kSeedStrings = std::to_array<std::string_view>({
    "",
    // coarse parts of speech (Universal Dependencies), and spaCy's SPACE
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "CONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SPACE",
    "SYM",
    "VERB",
    "X",
    // fine tags (Penn Treebank as in OntoNotes 5)
    "$",
    "''",
    ",",
    "-LRB-",
    "-RRB-",
    ".",
    ":",
    "ADD",
    "AFX",
    "CC",
    "CD",
    "DT",
    "EX",
    "FW",
    "HYPH",
    "IN",
    "JJ",
    "JJR",
    "JJS",
    "LS",
    "MD",
    "NFP",
    "NN",
    "NNP",
    "NNPS",
    "NNS",
    "PDT",
    "POS",
    "PRP",
    "PRP$",
    "RB",
    "RBR",
    "RBS",
    "RP",
    "TO",
    "UH",
    "VB",
    "VBD",
    "VBG",
    "VBN",
    "VBP",
    "VBZ",
    "WDT",
    "WP",
    "WP$",
    "WRB",
    "XX",
    "_SP",
    "``",
    // dependency labels (ClearNLP style, as in English spaCy pipelines)
    "ROOT",
    "acl",
    "acomp",
    "advcl",
    "advmod",
    "agent",
    "amod",
    "appos",
    "attr",
    "aux",
    "auxpass",
    "case",
    "cc",
    "ccomp",
    "compound",
    "conj",
    "csubj",
    "csubjpass",
    "dative",
    "dep",
    "det",
    "dobj",
    "expl",
    "intj",
    "mark",
    "meta",
    "neg",
    "nmod",
    "npadvmod",
    "nsubj",
    "nsubjpass",
    "nummod",
    "oprd",
    "parataxis",
    "pcomp",
    "pobj",
    "poss",
    "preconj",
    "predet",
    "prep",
    "prt",
    "punct",
    "quantmod",
    "relcl",
    "subtok",
    "xcomp",
    // entity types (OntoNotes 5)
    "CARDINAL",
    "DATE",
    "EVENT",
    "FAC",
    "GPE",
    "LANGUAGE",
    "LAW",
    "LOC",
    "MONEY",
    "NORP",
    "ORDINAL",
    "ORG",
    "PERCENT",
    "PERSON",
    "PRODUCT",
    "QUANTITY",
    "TIME",
    "WORK_OF_ART",
});

/// Id of a seed string, known while compiling: `inline constexpr StringId kNsubj = label("nsubj");`
/// A string that is no seed does not compile where a constant is needed.
constexpr StringId label(std::string_view text) {
  for (std::uint32_t i = 0; i < kSeedStrings.size(); ++i) {
    if (kSeedStrings[i] == text) return StringId{i};
  }
  throw "not a seed string";  // reached only while compiling, where it is an error
}

/// Labels that the rooms behind compare with: arcs, coarse and fine tags.
namespace udep {
inline constexpr StringId kRoot = label("ROOT"), kAcl = label("acl"), kAcomp = label("acomp"),
                          kAdvcl = label("advcl"), kAdvmod = label("advmod"),
                          kAgent = label("agent"), kAmod = label("amod"), kAppos = label("appos"),
                          kAttr = label("attr"), kAux = label("aux"), kAuxpass = label("auxpass"),
                          kCc = label("cc"), kCcomp = label("ccomp"), kCompound = label("compound"),
                          kConj = label("conj"), kCsubj = label("csubj"),
                          kCsubjpass = label("csubjpass"), kDative = label("dative"),
                          kDep = label("dep"), kDet = label("det"), kDobj = label("dobj"),
                          kMark = label("mark"), kNeg = label("neg"), kNmod = label("nmod"),
                          kNpadvmod = label("npadvmod"), kNsubj = label("nsubj"),
                          kNsubjpass = label("nsubjpass"), kNummod = label("nummod"),
                          kQuantmod = label("quantmod"), kOprd = label("oprd"),
                          kParataxis = label("parataxis"), kPcomp = label("pcomp"),
                          kPobj = label("pobj"), kPoss = label("poss"), kPreconj = label("preconj"),
                          kPrep = label("prep"), kPrt = label("prt"), kPunct = label("punct"),
                          kRelcl = label("relcl"), kXcomp = label("xcomp");
}  // namespace udep
namespace upos {
inline constexpr StringId kAdj = label("ADJ"), kAdp = label("ADP"), kAdv = label("ADV"),
                          kAux = label("AUX"), kDet = label("DET"), kNoun = label("NOUN"),
                          kNum = label("NUM"), kPart = label("PART"), kPron = label("PRON"),
                          kPropn = label("PROPN"), kPunct = label("PUNCT"), kSconj = label("SCONJ"),
                          kVerb = label("VERB");
}  // namespace upos
namespace xpos {
inline constexpr StringId kMd = label("MD"), kTo = label("TO"), kVb = label("VB"),
                          kVbd = label("VBD"), kVbg = label("VBG"), kVbn = label("VBN"),
                          kVbp = label("VBP"), kVbz = label("VBZ"), kWdt = label("WDT"),
                          kWp = label("WP"), kWpPoss = label("WP$"), kWrb = label("WRB"),
                          kNns = label("NNS"), kNnps = label("NNPS"), kEx = label("EX"),
                          kIn = label("IN");
}  // namespace xpos

}  // namespace detente::parse
