/// What infoboxes claim: each case is the smallest text that shows one thing.

#include "base/buffer.h"
#include "extract/extract.h"
#include "lexicon.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

/// How a case names the kinds of claims; "" is not shown.
static const char *const kind_names[BG_CLAIM_KIND_COUNT] = {
    [BG_CLAIM_TYPE] = "",
    [BG_CLAIM_NAME] = "name",
    [BG_CLAIM_PART_OF] = "part of",
    [BG_CLAIM_DATE] = "date",
    [BG_CLAIM_PLACE] = "place",
    [BG_CLAIM_WITHIN] = "within",
    [BG_CLAIM_POSITION] = "position",
    [BG_CLAIM_RESULT] = "result",
    [BG_CLAIM_OUTCOME] = "outcome",
    [BG_CLAIM_VICTOR] = "victor",
    [BG_CLAIM_TERRITORY] = "territory",
    [BG_CLAIM_CAUSE] = "cause",
    [BG_CLAIM_DEPICTION] = "depiction",
    [BG_CLAIM_PARTY] = "party",
    [BG_CLAIM_COMMANDER] = "commander",
    [BG_CLAIM_UNIT] = "unit",
    [BG_CLAIM_STRENGTH] = "strength",
    [BG_CLAIM_CASUALTIES] = "casualties",
};

static void
append_field(bg_buffer *lines, bg_view field)
{
  if (field.size > 0) {
    bg_buffer_format(lines, " | %.*s", BG_VIEW_ARGS(field));
  }
}

static void
append_bound(bg_buffer *lines, bool is_there, int64_t bound)
{
  if (is_there) {
    bg_buffer_format(lines, " %lld", (long long)bound);
  } else {
    bg_buffer_format(lines, " ?");
  }
}

/// kind side | thing | other | value | text …, one line a claim.
static void
append_claim(bg_buffer *lines, const bg_claim *claim, bg_arena *arena)
{
  bg_buffer_format(lines, "%s", kind_names[claim->kind]);
  if (claim->side > 0) {
    bg_buffer_format(lines, " %u", claim->side);
  }
  append_field(lines, claim->thing.title);
  append_field(lines, claim->other.title);
  append_field(lines, claim->value);
  append_field(lines, claim->text);
  append_field(lines, claim->rank);
  append_field(lines, claim->phase);
  if (claim->kind == BG_CLAIM_DATE) {
    append_field(lines, bg_date_edtf(&claim->date, arena));
  }
  if (claim->kind == BG_CLAIM_POSITION) {
    bg_buffer_format(lines, " | %.3f %.3f", claim->latitude, claim->longitude);
  }
  if (claim->estimate.measure.size > 0) {
    append_field(lines, claim->estimate.measure);
    append_bound(lines, claim->estimate.has_minimum, claim->estimate.minimum);
    append_bound(lines, claim->estimate.has_maximum, claim->estimate.maximum);
  }
  bg_buffer_append_byte(lines, '\n');
}

static const struct {
  const char *what;
  const char *text; // parameters of the infobox, or a whole plain rendering
  const char *claims;
} cases[] = {
    {"parties behind flags",
     "combatant1={{flag|Kingdom of France}}<br>{{flagicon|Bavaria}} "
     "[[Electorate of Bavaria]]",
     "party 1 | Kingdom of France | Belligerent\n"
     "party 1 | Electorate of Bavaria | Belligerent\n"},
    {"a flag's variant is no name", "combatant1={{flag|Poland|1928}}",
     "party 1 | Poland | Belligerent\n"},
    {"a variant stands for the state of its time",
     "combatant1={{flag|GER|1935}}", "party 1 | Nazi Germany | Belligerent\n"},
    {"a country's own template", "combatant1={{UK}}",
     "party 1 | United Kingdom | Belligerent\n"},
    {"supporters stand under a heading",
     "combatant1=[[Rome]]<br>'''Supported by:'''<br>[[Massilia]]",
     "party 1 | Rome | Belligerent\nparty 1 | Massilia | Supporter\n"},
    {"supporters behind a colon",
     "combatant1=[[Rome]]<br>Supported by: "
     "[[Massilia]]",
     "party 1 | Rome | Belligerent\nparty 1 | Massilia | Supporter\n"},
    {"a heading that groups is no party",
     "combatant1='''Allies:'''\n* [[Rome]]\n* [[Massilia]]",
     "party 1 | Rome | Belligerent\nparty 1 | Massilia | Belligerent\n"},
    {"cells a to d are the same side",
     "combatant1=[[Rome]]|combatant1a=[[Massilia]]",
     "party 1 | Rome | Belligerent\nparty 1 | Massilia | Belligerent\n"},
    {"three sides", "combatant1=[[A]]|combatant2=[[B]]|combatant3=[[C]]",
     "party 1 | A | Belligerent\nparty 2 | B | Belligerent\n"
     "party 3 | C | Belligerent\n"},
    {"a link that is part of a name", "combatant1=[[Luftwaffe]] bomber crew",
     "party 1 | Luftwaffe bomber crew | Belligerent\n"},
    {"a name without a link is linked elsewhere",
     "combatant1=Goths}}\n[[Gothic people|Goths]] {{x|",
     "party 1 | Gothic people | Belligerent\n"},
    {"footnotes and comments are no names",
     "combatant1=[[Rome]]<ref>[[Livy]]</ref><!-- [[Veii]] -->{{efn|[[Gaul]]}}",
     "party 1 | Rome | Belligerent\n"},
    {"lists in templates",
     "combatant1={{ubl|[[A]]|[[B]]}}|combatant2={{plainlist|\n* [[C]]\n* "
     "[[D]]}}",
     "party 1 | A | Belligerent\nparty 1 | B | Belligerent\n"
     "party 2 | C | Belligerent\nparty 2 | D | Belligerent\n"},
    {"a phase in parentheses", "combatant1=[[Italy]] (from 1943)",
     "party 1 | Italy | Belligerent | from 1943\n"},
    {"spaced and misspelt case of parameters", "Combatant 1=[[Rome]]",
     "party 1 | Rome | Belligerent\n"},
    {"a commander and his fate",
     "combatant1=[[Athens]]|commander1=[[Callimachus (polemarch)|Callimachus]]"
     "{{KIA}}",
     "party 1 | Athens | Belligerent\n"
     "commander 1 | Callimachus (polemarch) | Athens | Killed\n"},
    {"a dagger is a fate", "combatant1=[[A]]|commander1=[[Duke X]] †",
     "party 1 | A | Belligerent\ncommander 1 | Duke X | A | Killed\n"},
    {"a flag assigns the party of the side",
     "combatant1=[[A]]<br>{{flag|Kingdom of Bavaria}}|commander1={{flagicon|"
     "Bavaria}} [[Wrede]]",
     "party 1 | A | Belligerent\nparty 1 | Kingdom of Bavaria | Belligerent\n"
     "commander 1 | Wrede | Kingdom of Bavaria\n"},
    {"commanders in a row", "commander1=[[A]], [[B]] and [[C]]",
     "commander 1 | A\ncommander 1 | B\ncommander 1 | C\n"},
    {"nobody is nobody", "commander1=Unknown|commander2=N/A", ""},
    {"places lie in one another", "place=near [[Aksu]], [[Xinjiang]]",
     "place | Aksu\nplace | Xinjiang\nwithin | Aksu | Xinjiang\n"},
    {"coordinates", "coordinates={{coord|48|30|N|10|15|W|display=title}}",
     "position | 48.500 -10.250\n"},
    {"decimal coordinates", "coordinates={{coord|-9.4|160.05}}",
     "position | -9.400 160.050\n"},
    {"coordinates in parameters of their own",
     "lat_deg=10|lat_min=30|lat_dir=S|lon_deg=20|lon_dir=E",
     "position | -10.500 20.000\n"},
    {"impossible coordinates are none", "coordinates={{coord|148|N|10|W}}", ""},
    {"part of several conflicts",
     "partof=the [[Eastern Front]] of [[World War II]]",
     "part of | Eastern Front\npart of | World War II\n"},
    {"a winner by name",
     "combatant1=[[Roman Empire]]|combatant2=[[Goths]]|result=Gothic victory",
     "party 1 | Roman Empire | Belligerent\nparty 2 | Goths | Belligerent\n"
     "result | Gothic victory\noutcome | Victory\nvictor 2\n"},
    {"a failure is the other's victory",
     "combatant1=[[Roman Republic]]|combatant2=[[Carthage]]|result=Roman "
     "defeat",
     "party 1 | Roman Republic | Belligerent\nparty 2 | Carthage | "
     "Belligerent\n"
     "result | Roman defeat\noutcome | Victory\nvictor 2\n"},
    {"a stalemate has no winner", "result=Stalemate",
     "result | Stalemate\noutcome | Inconclusive\n"},
    {"a bare consequence", "result=See [[#Aftermath|Aftermath]]",
     "result | See Aftermath\noutcome | OtherOutcome\n"},
    {"status overrides the result", "result=X victory|status=Ongoing",
     "result | Ongoing\noutcome | OtherOutcome\n"},
    {"a date", "date=13 August 1704<ref>New Style.</ref>",
     "date | 1704-08-13\n"},
    {"a date in a template", "date={{start date|1941|8|12|df=y}}",
     "date | 1941-08-12\n"},
    {"a duration is no date",
     "date=10 July 1940{{age in days|1940|7|10|1940|10|31}}",
     "date | 1940-07-10\n"},
    {"strengths", "combatant1=[[A]]|strength1=52,000 men<br>66 guns",
     "party 1 | A | Belligerent\nstrength 1 | Troops 52000 52000\n"
     "strength 1 | Guns 66 66\n"},
    {"losses of all sides",
     "combatant1=[[A]]|combatant2=[[B]]|casualties3=500 civilians killed",
     "party 1 | A | Belligerent\nparty 2 | B | Belligerent\n"
     "casualties | CiviliansKilled 500 500\n"},
    {"deep templates end", "combatant1={{nowrap|{{nowrap|[[A]]}}}}",
     "party 1 | A | Belligerent\n"},
    {"a plain rendering",
     "= Battle of Aksu (717) =\n\nInfobox\n- Place: Aksu\n- Combatant1: Tang "
     "dynasty, Karluks\n- Commander2: Al-Yashkuri, (Arab commander), Suluk.\n"
     "- Casualties2: |\n",
     "party 1 | Tang dynasty | Belligerent\nparty 1 | Karluks | Belligerent\n"
     "place | Aksu\ncommander 2 | Al-Yashkuri\ncommander 2 | Suluk\n"},
    {"a comma inside a plain name",
     "= X =\n\nInfobox\n- Commander1: Philip II, King of Spain, Don John\n",
     "commander 1 | Philip II, King of Spain\ncommander 1 | Don John\n"},
};

static bg_findings
extract(const char *text, const bg_lexicon *lexicon, bg_arena *arena)
{
  bool is_plain = text[0] == '=';
  bg_page page = {
      .title = BG_VIEW("Battle of X"),
      .language = BG_VIEW("en"),
      .text = is_plain ? bg_view_of(text)
                       : bg_arena_format(
                             arena, "{{Infobox military conflict|%s}}", text),
      .form = is_plain ? BG_FORM_PLAIN : BG_FORM_WIKITEXT,
  };
  return bg_extract(bg_article_read(&page, arena), lexicon, arena);
}

static bool
evidence_is_sound(const bg_findings *findings)
{
  for (size_t i = 0; i < findings->claims.count; i++) {
    const bg_claim *claim = &findings->claims.items[i];
    if (claim->start >= claim->end || claim->end > findings->text.size ||
        claim->rule.size == 0) {
      return false;
    }
  }
  return true;
}

int
main(void)
{
  bg_lexicon *lexicon = open_lexicon();
  bg_arena *arena = bg_arena_new();
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    bg_findings findings = extract(cases[i].text, lexicon, arena);
    bg_buffer lines;
    bg_buffer_init(&lines);
    for (size_t j = 0; j < findings.claims.count; j++) {
      const bg_claim *claim = &findings.claims.items[j];
      if (kind_names[claim->kind][0] != '\0') {
        append_claim(&lines, claim, arena);
      }
    }
    bg_buffer_append_byte(&lines, '\0');
    if (!ok(strcmp(lines.bytes, cases[i].claims) == 0, "%s", cases[i].what)) {
      printf("# wanted:\n%s# got:\n%s", cases[i].claims, lines.bytes);
    }
    ok(evidence_is_sound(&findings), "%s: each claim has its words",
       cases[i].what);
    bg_buffer_release(&lines);
  }
  bg_arena_free(arena);
  bg_lexicon_close(lexicon);
  return done_testing();
}
