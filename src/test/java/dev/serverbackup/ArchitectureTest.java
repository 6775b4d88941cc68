package dev.serverbackup;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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

    @ArchTest
    static final ArchRule arrows_point_down = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture()
            .layer("root")
            .definedBy("dev.serverbackup")
            .layer("followup")
            .definedBy("dev.serverbackup.followup..")
            .layer("retention")
            .definedBy("dev.serverbackup.retention..")
            .layer("verification")
            .definedBy("dev.serverbackup.verification..")
            .layer("schedule")
            .definedBy("dev.serverbackup.schedule..")
            .layer("run")
            .definedBy("dev.serverbackup.run..")
            .layer("audit")
            .definedBy("dev.serverbackup.audit..")
            .layer("backup")
            .definedBy("dev.serverbackup.backup..")
            .layer("server")
            .definedBy("dev.serverbackup.server..")
            .layer("notification")
            .definedBy("dev.serverbackup.notification..")
            .layer("metrics")
            .definedBy("dev.serverbackup.metrics..")
            .layer("request")
            .definedBy("dev.serverbackup.request..")
            .whereLayer("root")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("followup")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("retention")
            .mayOnlyBeAccessedByLayers("root", "followup")
            .whereLayer("verification")
            .mayOnlyBeAccessedByLayers("root", "followup")
            .whereLayer("schedule")
            .mayOnlyBeAccessedByLayers("root", "followup")
            .whereLayer("run")
            .mayOnlyBeAccessedByLayers("root", "followup", "retention", "verification", "schedule")
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("root", "run", "followup", "verification", "schedule")
            .whereLayer("audit")
            .mayOnlyBeAccessedByLayers("root", "run", "followup", "retention", "verification", "schedule", "metrics")
            .whereLayer("backup")
            .mayOnlyBeAccessedByLayers(
                    "root", "run", "followup", "retention", "verification", "audit", "metrics", "notification")
            .whereLayer("server")
            .mayOnlyBeAccessedByLayers("root", "run", "followup", "audit", "backup")
            .whereLayer("notification")
            .mayOnlyBeAccessedByLayers("root", "followup", "verification");

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
    static final ArchRule names_say_what_a_thing_is = classes()
            .should()
            .haveSimpleNameNotEndingWith("Impl")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Dto");
}
