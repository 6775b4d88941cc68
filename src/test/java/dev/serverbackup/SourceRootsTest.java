package dev.serverbackup;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folders below {@code src}: what is compiled with the tests is not part of them. */
@AnalyzeClasses(packages = "dev.serverbackup")
class SourceRootsTest {
    @ArchTest
    static final ArchRule only_tests_use_tests =
            noClasses().that(DescribedPredicate.not(in("test"))).should().dependOnClassesThat(in("test"));

    @ArchTest
    static final ArchRule the_local_cloud_uses_neither_the_runtime_nor_the_bench = noClasses()
            .that(in("local"))
            .should()
            .dependOnClassesThat(in("runtime").or(in("bench")));

    @ArchTest
    static final ArchRule the_runtime_does_not_use_the_bench =
            noClasses().that(in("runtime")).should().dependOnClassesThat(in("bench"));

    /** All are compiled into one folder, so the file is asked for. */
    private static DescribedPredicate<JavaClass> in(String root) {
        return DescribedPredicate.describe(
                "in src/" + root,
                type -> type.getSource()
                        .flatMap(Source::getFileName)
                        .map(file -> Path.of(
                                "src", root, "java", type.getPackageName().replace('.', '/'), file))
                        .filter(Files::exists)
                        .isPresent());
    }
}
