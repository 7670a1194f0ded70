package dev.troupe.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.space.Configuration;
import dev.troupe.study.Attempt;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

  private static final String STUDY = "golden";
  private static final long GOLDEN_SEED = 20261122;
  private static final int GOLDEN_EVENTS = 200;
  private static final int GOLDEN_EXPLAINED = 60;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void event_ofAnyKind_survivesEncoding(long seed) {
    for (StudyEvent event : RandomEvents.list(seed, STUDY, 2000)) {
      assertThat(decode(EventCodec.encode(event))).as("seed %d", seed).isEqualTo(event);
    }
    for (StudyEvent event : RandomEvents.listOfLaterKinds(seed, STUDY, 500)) {
      assertThat(decode(EventCodec.encode(event))).as("seed %d", seed).isEqualTo(event);
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        -0.0,
        Double.MIN_VALUE,
        -Double.MIN_NORMAL / 3,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
      })
  void number_atTheEdge_keepsItsBits(double value) {
    StudyEvent event =
        new StudyEvent.IncumbentChanged(
            STUDY, TrialId.of(1), Metrics.of("loss", value).withVector("curve", value));

    var decoded = (StudyEvent.IncumbentChanged) decode(EventCodec.encode(event));

    long bits = Double.doubleToRawLongBits(value);
    assertThat(Double.doubleToRawLongBits(decoded.metrics().get("loss"))).isEqualTo(bits);
    assertThat(Double.doubleToRawLongBits(decoded.metrics().vector("curve")[0])).isEqualTo(bits);
  }

  @Test
  void configuration_ofAllKindsOfValues_keepsTypesAndOrder() {
    var values =
        Configuration.empty()
            .with("z", 1L)
            .with("y", 1.0)
            .with("x", "1")
            .with("w", true)
            .with("v", Long.MIN_VALUE);

    var decoded =
        (StudyEvent.TrialSuggested)
            decode(
                EventCodec.encode(
                    new StudyEvent.TrialSuggested(
                        STUDY, TrialId.of(7), Suggestion.evaluate(values))));

    Configuration candidate = ((Suggestion.Evaluate) decoded.suggestion()).candidate();
    assertThat(candidate).isEqualTo(values);
    assertThat(candidate.names()).containsExactly("z", "y", "x", "w", "v");
  }

  /** Written by the first version; it has to be read for ever. */
  @Test
  void goldenFile_ofTheFirstVersion_isReadAsItWasWritten() throws IOException {
    assertGolden("events-1.hex", RandomEvents.list(GOLDEN_SEED, STUDY, GOLDEN_EVENTS));
  }

  /** Written when suggestions had got explanations; it has to be read for ever, too. */
  @Test
  void goldenFile_ofTheSecondVersion_isReadAsItWasWritten() throws IOException {
    assertGolden(
        "events-2.hex", RandomEvents.listOfExplained(GOLDEN_SEED, STUDY, GOLDEN_EXPLAINED));
  }

  private static void assertGolden(String file, List<StudyEvent> expected) throws IOException {
    List<String> lines = goldenLines(file);
    assertThat(lines).hasSameSizeAs(expected);
    for (int i = 0; i < lines.size(); i++) {
      byte[] sealed = HexFormat.of().parseHex(lines.get(i));
      byte[] encoded = Envelope.open("study|" + STUDY, i + 1, sealed);
      assertThat(decode(encoded)).as("line %d", i + 1).isEqualTo(expected.get(i));
    }
  }

  private static List<String> goldenLines(String file) throws IOException {
    try (InputStream in = EventCodecTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }

  @Test
  void envelope_atAnotherPlace_isRefused() {
    byte[] sealed = Envelope.seal("study|a", 7, EventCodec.encode(anEvent()));

    assertThatThrownBy(() -> Envelope.open("study|a", 8, sealed)).hasMessageContaining("checksum");
    assertThatThrownBy(() -> Envelope.open("study|b", 7, sealed)).hasMessageContaining("checksum");
    assertThat(Envelope.open("study|a", 7, sealed)).isEqualTo(EventCodec.encode(anEvent()));
  }

  @Test
  void event_ofALaterVersion_isRefusedWithBothVersions() {
    byte[] encoded = EventCodec.encode(anEvent());
    encoded[1] = 2;

    assertThatThrownBy(() -> decode(encoded))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("in version 2")
        .hasMessageContaining("version 1. Maybe use the version that wrote it");
  }

  @Test
  void event_ofALaterKindOrVersion_keepsWhatTheFirstLacked() {
    Attempt attempt = Attempt.first(TrialId.of(1));
    for (StudyEvent event :
        List.of(
            new StudyEvent.AttemptStarted(STUDY, attempt, "cuda-1"),
            new StudyEvent.AttemptFailed(STUDY, attempt, "its process ended", 2, true),
            new StudyEvent.AttemptFailed(STUDY, attempt, "Java heap space", 2, false, true),
            new StudyEvent.CheckpointSaved(STUDY, attempt, 30, "c0ffee", 1L << 40),
            new StudyEvent.AttemptResumed(STUDY, attempt.next(), 30, "c0ffee"),
            new StudyEvent.StudyRepaired(STUDY, Instant.EPOCH, 1L << 40),
            new StudyEvent.TrialPaused(
                STUDY, Instant.EPOCH, attempt, Metrics.of("loss", 0.25), 12.5),
            new StudyEvent.StudyEnded(
                STUDY, Instant.EPOCH, StudyState.DONE, "enough", Metrics.of("test", 0.5)))) {
      assertThat(decode(EventCodec.encode(event))).isEqualTo(event);
    }
  }

  @Test
  void event_ofTheSecondVersion_isReadWithoutWhatTheThirdTells() {
    Attempt attempt = Attempt.first(TrialId.of(1));
    byte[] third =
        EventCodec.encode(new StudyEvent.AttemptFailed(STUDY, attempt, "lost", 2, true, true));
    byte[] second = Arrays.copyOf(third, third.length - 1);
    second[1] = 2;

    assertThat(decode(second))
        .isEqualTo(new StudyEvent.AttemptFailed(STUDY, attempt, "lost", 2, true));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void suggestion_isOfTheSecondVersionOnlyWithAnExplanation(boolean explained) {
    Suggestion.Evaluate plain = Suggestion.evaluate(Configuration.empty().with("x", 0.5));
    Suggestion suggestion = explained ? plain.explained(explanation(0.25, 1)) : plain;
    int version = explained ? 2 : 1;
    var trial =
        new EndedTrial(TrialId.of(7), suggestion, List.of(), new Outcome.Failed("broken"), 1);

    for (StudyEvent event :
        List.of(
            new StudyEvent.TrialSuggested(STUDY, TrialId.of(7), suggestion),
            new StudyEvent.TrialEnded(STUDY, Instant.EPOCH, trial))) {
      byte[] encoded = EventCodec.encode(event);
      assertThat(encoded[1]).isEqualTo((byte) version);
      assertThat(decode(encoded)).isEqualTo(event);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void callOfStrategy_isOfTheSecondVersionOnlyIfItMayResume(int resumed) {
    StudyEvent event =
        new StudyEvent.StrategyAsked(
            STUDY, List.of(TrialId.of(3)), Map.of(TrialId.of(4), 2), 9, 9 - resumed, 5, 0.5);

    byte[] encoded = EventCodec.encode(event);

    assertThat(encoded[1]).isEqualTo((byte) (resumed == 0 ? 1 : 2));
    assertThat(decode(encoded)).isEqualTo(event);
  }

  private static Explanation explanation(double figure, double distance) {
    var figures = new LinkedHashMap<String, Double>();
    figures.put("predicted loss", figure);
    figures.put("a figure that comes later", Double.POSITIVE_INFINITY);
    return new Explanation(
        "It promised most.",
        figures,
        Map.of("x", 0.125),
        List.of(new Explanation.Neighbour(TrialId.of(3), distance)));
  }

  @Test
  void explanation_keepsTheOrderOfItsFigures() {
    Suggestion suggestion = Suggestion.evaluate(Configuration.empty()).explained(explanation(1, 0));

    var decoded =
        (StudyEvent.TrialSuggested)
            decode(
                EventCodec.encode(new StudyEvent.TrialSuggested(STUDY, TrialId.of(7), suggestion)));

    Explanation explanation = ((Suggestion.Evaluate) decoded.suggestion()).explanation();
    assertThat(explanation).isNotNull();
    assertThat(explanation.figures().keySet())
        .containsExactly("predicted loss", "a figure that comes later");
  }

  /** In place of a figure and of a distance of which all bytes but the first are 0. */
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
  void explanation_ofImpossibleNumbers_isDamage(double nonsense) {
    Suggestion suggestion = Suggestion.evaluate(Configuration.empty()).explained(explanation(1, 2));
    byte[] encoded =
        EventCodec.encode(new StudyEvent.TrialSuggested(STUDY, TrialId.of(7), suggestion));
    double replaced = Double.isNaN(nonsense) ? 1 : 2;
    String hex = HexFormat.of().formatHex(encoded);
    String damaged = hex.replace(hex(replaced), hex(nonsense));

    assertThat(damaged).isNotEqualTo(hex);
    assertThatThrownBy(() -> decode(HexFormat.of().parseHex(damaged)))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("an explanation is none");
  }

  private static String hex(double value) {
    return HexFormat.of().toHexDigits(Double.doubleToRawLongBits(value));
  }

  /** However many there are: reading must not take room on the stack for each. */
  @Test
  void explanation_ofAnExplanation_isDamage() {
    var out = new EventOutput();
    for (int i = 0; i < 100_000; i++) {
      out.writeByte(5);
      out.writeText("");
      out.writeLong(0);
      out.writeLong(0);
      out.writeLong(0);
    }

    assertThatThrownBy(() -> SuggestionCodec.read(new EventInput(out.toBytes())))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("followed by no candidate");
  }

  @Test
  void event_ofAKindThatIsNotGiven_isRefused() {
    byte[] encoded = EventCodec.encode(anEvent());
    encoded[0] = 13;

    assertThatThrownBy(() -> decode(encoded)).isInstanceOf(DamageException.class);
  }

  /** What a checksum would have caught before must not end in another exception, either. */
  @Test
  void bytes_changedAtRandom_areDamageOrAnotherEvent() {
    var random = new SplittableRandom(5);
    var events = new ArrayList<StudyEvent>(RandomEvents.list(6, STUDY, 3000));
    events.addAll(RandomEvents.listOfLaterKinds(7, STUDY, 1000));
    for (StudyEvent event : events) {
      byte[] encoded = EventCodec.encode(event);
      byte[] changed = Arrays.copyOf(encoded, random.nextInt(encoded.length + 2));
      if (changed.length > 2) {
        changed[random.nextInt(2, changed.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        assertThat(decode(changed)).isNotNull();
      } catch (DamageException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  private static StudyEvent anEvent() {
    return new StudyEvent.IncumbentChanged(STUDY, TrialId.of(3), Metrics.of("loss", 0.5));
  }

  private static StudyEvent decode(byte[] encoded) {
    Map<String, String> texts = new HashMap<>();
    return EventCodec.decode(STUDY, encoded, texts);
  }
}
