package dev.troupe;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The walls between the modules, and between pure and impure code. */
@AnalyzeClasses(packages = "dev.troupe", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] VOCABULARY = {
    "dev.troupe.space..",
    "dev.troupe.architecture..",
    "dev.troupe.codec..",
    "dev.troupe.study..",
    "dev.troupe.settings..",
    "dev.troupe.random..",
    "dev.troupe.plot.."
  };
  private static final String STRATEGIES = "dev.troupe.strategy..";
  private static final String ESTIMATORS = "dev.troupe.estimator..";
  private static final String DL4J = "dev.troupe.estimator.dl4j..";
  private static final String ONNX = "dev.troupe.estimator.onnx..";
  private static final String[] ACTORS = {"dev.troupe", "dev.troupe.actor.."};
  private static final String LEDGER = "dev.troupe.ledger..";
  private static final String CLUSTER = "dev.troupe.cluster..";
  private static final String MONITORING = "dev.troupe.monitoring..";
  private static final String BENCH = "dev.troupe.bench..";
  private static final String DAEMON = "dev.troupe.daemon..";

  /** The program of a JVM of its own, which gives its standard streams away. */
  private static final String CHILD_PROGRAM = "dev.troupe.estimator.isolation.ChildMain";

  private static final String[] PURE = {
    "dev.troupe.space..",
    "dev.troupe.architecture..",
    "dev.troupe.codec..",
    "dev.troupe.study..",
    "dev.troupe.settings..",
    "dev.troupe.random..",
    "dev.troupe.plot..",
    "dev.troupe.strategy..",
    "dev.troupe.estimator.pruning..",
    "dev.troupe.estimator.curve.."
  };

  // Who may know whom

  @ArchTest
  static final ArchRule modules_knowOnlyThoseBelow =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.troupe..")
          .withOptionalLayers(true)
          .layer("spaces")
          .definedBy(VOCABULARY)
          .layer("strategies")
          .definedBy(STRATEGIES)
          .layer("estimators")
          .definedBy(resideInAPackage(ESTIMATORS).and(resideOutsideOfPackages(DL4J, ONNX)))
          .layer("estimators-dl4j")
          .definedBy(DL4J)
          .layer("estimators-onnx")
          .definedBy(ONNX)
          .layer("actors")
          .definedBy(ACTORS)
          .layer("ledger")
          .definedBy(LEDGER)
          .layer("cluster")
          .definedBy(CLUSTER)
          .layer("monitoring")
          .definedBy(MONITORING)
          .layer("bench")
          .definedBy(BENCH)
          .layer("daemon")
          .definedBy(DAEMON)
          .whereLayer("spaces")
          .mayNotAccessAnyLayer()
          .whereLayer("strategies")
          .mayOnlyAccessLayers("spaces")
          .whereLayer("estimators")
          .mayOnlyAccessLayers("spaces")
          .whereLayer("estimators-dl4j")
          .mayOnlyAccessLayers("spaces", "estimators")
          .whereLayer("estimators-onnx")
          .mayOnlyAccessLayers("spaces", "estimators")
          .whereLayer("actors")
          .mayOnlyAccessLayers("spaces", "strategies", "estimators")
          .whereLayer("ledger")
          .mayOnlyAccessLayers("spaces", "strategies", "estimators", "actors")
          .whereLayer("cluster")
          .mayOnlyAccessLayers("spaces", "strategies", "estimators", "actors")
          .whereLayer("monitoring")
          .mayOnlyAccessLayers("spaces")
          .whereLayer("bench")
          .mayOnlyAccessLayers("spaces", "strategies", "estimators", "actors")
          .whereLayer("daemon")
          .mayNotBeAccessedByAnyLayer()
          .ensureAllClassesAreContainedInArchitectureIgnoring("org.nd4j..");

  @ArchTest
  static final ArchRule actors_doNotKnowTheFacade =
      noClasses()
          .that()
          .resideInAPackage("dev.troupe.actor..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.troupe");

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("dev.troupe.(**)").should().beFreeOfCycles();

  // Frameworks, each in its own place

  @ArchTest
  static final ArchRule akka_isSeenByActorsLedgerAndClusterAlone =
      outside("dev.troupe", "dev.troupe.actor..", LEDGER, CLUSTER).know("akka..", "scala..");

  @ArchTest
  static final ArchRule dl4j_isSeenByItsEstimatorsAlone =
      outside(DL4J).know("org.nd4j..", "org.deeplearning4j..");

  @ArchTest
  static final ArchRule linearAlgebra_isSeenBehindItsInterfaceAlone =
      outside("dev.troupe.strategy.bayes.linear", DL4J).know("org.ejml..", "org.bytedeco..");

  @ArchTest
  static final ArchRule onnxRuntime_isSeenByItsEstimatorAlone =
      outside(ONNX).know("ai.onnxruntime..");

  @ArchTest
  static final ArchRule micrometer_isSeenByMonitoringAndDaemonAlone =
      outside(MONITORING, DAEMON).know("io.micrometer..", "io.prometheus..");

  @ArchTest
  static final ArchRule databases_areSeenByTheLedgerAlone =
      outside(LEDGER)
          .know("java.sql..", "javax.sql..", "org.sqlite..", "slick..", "akka.persistence..");

  @ArchTest
  static final ArchRule picocli_isSeenByTheDaemonAlone = outside(DAEMON).know("picocli..");

  /** Begins a rule on all classes outside of some packages. */
  private static Outside outside(String... packages) {
    return frameworks ->
        noClasses()
            .that()
            .resideOutsideOfPackages(packages)
            .should()
            .dependOnClassesThat(resideInAnyPackage(frameworks));
  }

  @FunctionalInterface
  private interface Outside {
    ArchRule know(String... frameworks);
  }

  // Pure code

  @ArchTest
  static final ArchRule pureCode_hasNeitherClockNorChance =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .accessTargetWhere(
              new DescribedPredicate<JavaAccess<?>>("a clock or an unseeded generator is used") {
                @Override
                public boolean test(JavaAccess<?> access) {
                  return isClock(access.getTarget()) || isChance(access.getTarget());
                }
              });

  private static boolean isClock(AccessTarget target) {
    String owner = target.getOwner().getName();
    String name = target.getName();
    return owner.equals("java.lang.System")
            && (name.equals("nanoTime") || name.equals("currentTimeMillis"))
        || owner.startsWith("java.time.") && (name.equals("now") || name.startsWith("system"));
  }

  private static final Set<String> SEEDABLE =
      Set.of("java.util.Random", "java.util.SplittableRandom");

  private static boolean isChance(AccessTarget target) {
    String owner = target.getOwner().getName();
    String name = target.getName();
    return owner.equals("java.lang.Math") && name.equals("random")
        || owner.equals("java.lang.StrictMath") && name.equals("random")
        || owner.equals("java.util.UUID") && name.equals("randomUUID")
        || owner.equals("java.util.Collections") && isUnseededShuffle(target)
        || owner.equals("java.util.concurrent.ThreadLocalRandom")
        || owner.equals("java.security.SecureRandom")
        || SEEDABLE.contains(owner) && name.equals("<init>") && parameters(target) == 0;
  }

  private static boolean isUnseededShuffle(AccessTarget target) {
    return target.getName().equals("shuffle") && parameters(target) == 1;
  }

  private static int parameters(AccessTarget target) {
    return target instanceof CodeUnitAccessTarget unit ? unit.getRawParameterTypes().size() : -1;
  }

  // Everywhere

  @ArchTest
  static final ArchRule standardStreams_belongToTheDaemon =
      noClasses()
          .that()
          .resideOutsideOfPackage(DAEMON)
          .and()
          .doNotHaveFullyQualifiedName(CHILD_PROGRAM)
          .should()
          .accessTargetWhere(
              new DescribedPredicate<JavaAccess<?>>("System.out or System.err is used") {
                @Override
                public boolean test(JavaAccess<?> access) {
                  AccessTarget target = access.getTarget();
                  return target.getOwner().isEquivalentTo(System.class)
                      && Set.of("out", "err", "setOut", "setErr").contains(target.getName());
                }
              });

  @ArchTest
  static final ArchRule packages_areNullMarked =
      classes()
          .should(
              new ArchCondition<JavaClass>("be in a package with @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(
                        SimpleConditionEvent.violated(
                            type,
                            "Package '%s' has no @NullMarked. Maybe add a package-info.java."
                                .formatted(type.getPackageName())));
                  }
                }
              });

  @ArchTest
  static final ArchRule facade_showsNoTypeOfAkka =
      classes()
          .that()
          .resideInAPackage("dev.troupe")
          .and()
          .arePublic()
          .should(
              new ArchCondition<JavaClass>(
                  "show no type of Akka or Scala, Troupe.within excepted") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  type.getMembers().stream()
                      .filter(ArchitectureTest::isVisible)
                      .filter(
                          member -> !member.getFullName().startsWith("dev.troupe.Troupe.within("))
                      .filter(member -> types(member).anyMatch(ArchitectureTest::isOfAkka))
                      .forEach(
                          member ->
                              events.add(
                                  SimpleConditionEvent.violated(
                                      member, member.getFullName() + " shows a type of Akka")));
                }
              });

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaClass> types(JavaMember member) {
    Stream<JavaType> types =
        member instanceof JavaCodeUnit unit
            ? Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
            : Stream.of(((JavaField) member).getType());
    return types.flatMap(type -> type.getAllInvolvedRawTypes().stream());
  }

  private static boolean isOfAkka(JavaClass type) {
    return type.getName().startsWith("akka.") || type.getName().startsWith("scala.");
  }
}
