package dev.serverbackup;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.Map;

/** The packages of docs/architecture.md: which may use which. */
@AnalyzeClasses(packages = "dev.serverbackup", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] LEAVES = {
        "..opsworkscm..",
        "..runcommand..",
        "..backup.aws..",
        "..tagging..",
        "..dynamodb..",
        "..metrics.powertools..",
        "..eventbridge.."
    };

    /** Each package, and which others may use it; request is for all. */
    private static final Map<String, List<String>> USED_BY = Map.ofEntries(
            entry("followup", List.of("root")),
            entry("retention", List.of("root", "followup")),
            entry("verification", List.of("root", "followup")),
            entry("schedule", List.of("root", "followup")),
            entry("notification", List.of("root", "followup", "verification")),
            entry("run", List.of("root", "followup", "retention", "verification", "schedule")),
            entry("metrics", List.of("root", "run", "followup", "verification", "schedule")),
            entry("audit", List.of("root", "run", "followup", "retention", "verification", "schedule", "metrics")),
            entry(
                    "backup",
                    List.of(
                            "root",
                            "run",
                            "followup",
                            "retention",
                            "verification",
                            "audit",
                            "metrics",
                            "notification")),
            entry("server", List.of("root", "run", "followup", "audit", "backup")));

    @ArchTest
    static final ArchRule arrows_point_down = arrowsPointDown();

    private static LayeredArchitecture arrowsPointDown() {
        LayeredArchitecture layers = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture()
                .layer("root")
                .definedBy("dev.serverbackup")
                .layer("request")
                .definedBy("dev.serverbackup.request..");
        for (String used : USED_BY.keySet()) {
            layers = layers.layer(used).definedBy("dev.serverbackup." + used + "..");
        }
        layers = layers.whereLayer("root").mayNotBeAccessedByAnyLayer();
        for (Map.Entry<String, List<String>> used : USED_BY.entrySet()) {
            layers = layers.whereLayer(used.getKey())
                    .mayOnlyBeAccessedByLayers(used.getValue().toArray(String[]::new));
        }
        return layers;
    }

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("dev.serverbackup.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_leaves_and_the_application_use_a_leaf_or_the_aws_sdk = noClasses()
            .that()
            .resideOutsideOfPackages(LEAVES)
            .and()
            .doNotHaveFullyQualifiedName(Application.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(AwsClients.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(Priming.class.getName())
            .should()
            .dependOnClassesThat(resideInAnyPackage(LEAVES).or(resideInAPackage("software.amazon.awssdk..")));

    @ArchTest
    static final ArchRule no_class_uses_what_is_behind_slf4j =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.logging..");

    @ArchTest
    static final ArchRule leaves_do_not_know_each_other = slices().matching("dev.serverbackup.(*).(*)..")
            .should()
            .notDependOnEachOther()
            // How a call without a client token is sent and its answer read: the same for both backends.
            .ignoreDependency(resideInAPackage("..backup.."), resideInAPackage("..backup.aws.."));

    @ArchTest
    static final ArchRule time_is_injected = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Application.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(AwsClients.class.getName())
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethodWhere(target(owner(assignableTo(java.time.Clock.class))).and(target(nameStartingWith("system"))))
            .orShould()
            .callMethodWhere(target(owner(resideInAPackage("java.time"))).and(target(name("now"))));

    /** A variable that is asked for here and there is one that nobody checks. */
    @ArchTest
    static final ArchRule no_single_variable_is_read =
            noClasses().should().callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule chance_is_injected = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Application.class.getName())
            .should()
            .callConstructorWhere(target(owner(assignableTo(java.util.random.RandomGenerator.class))))
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(java.util.concurrent.ThreadLocalRandom.class, "current");

    @ArchTest
    static final ArchRule the_environment_is_read_at_the_door =
            noClasses().that().haveSimpleNameNotEndingWith("Handler").should().callMethod(System.class, "getenv");

    @ArchTest
    static final ArchRule names_say_what_a_thing_is =
            noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Helper|Manager|Dto)");
}
