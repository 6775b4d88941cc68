package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever parameter shapes a function is in its settings, by which its versions are told. The same on the translated
 * template: {@code .ci/versions_test.py}.
 */
class TemplateVersionsTest {
    /** Lambda's limit in bytes, names and values together. */
    private static final int LARGEST_ENVIRONMENT = 4096;

    /** The longest name that a stack may have: its schedule's name is nine longer, and has 64 characters at most. */
    private static final int LONGEST_STACK = 55;

    static Stream<FunctionTemplate> functions() {
        return FunctionTemplate.all();
    }

    /** What changes with a version's description changes the version, and the description is the settings' number. */
    @ParameterizedTest
    @MethodSource("functions")
    void a_version_follows_every_setting(FunctionTemplate function) {
        assertThat(function.properties().section("VersionDescription").text("Fn::Sub"))
                .contains("${Settings}");
        assertThat(function.settingsLines())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                function.variables().entrySet().stream()
                                        .filter(variable -> variable.getValue() instanceof Map)
                                        .map(variable -> variable.getKey() + "=" + written(variable.getValue())),
                                Stream.of(
                                        "Architecture=${Architecture}", "SnapStart=${SnapStart}", "Tracing=${Tracing}"))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("functions")
    void the_longest_settings_fit_into_a_function_s_environment(FunctionTemplate function) {
        assertThat(function.variables().entrySet().stream()
                        .mapToInt(
                                variable -> variable.getKey().length() + longest(function.stack(), variable.getValue()))
                        .sum())
                .isLessThanOrEqualTo(LARGEST_ENVIRONMENT);
    }

    /** In the words of {@code Fn::Sub}. */
    private static String written(Object value) {
        Map<?, ?> reference = (Map<?, ?>) value;
        return "${%s}".formatted(reference.values().iterator().next());
    }

    /** In characters; a table's name has 255 at most. */
    private static int longest(Deployed stack, Object value) {
        if (!(value instanceof Map)) {
            return value.toString().length();
        }
        if (written(value).equals("${AuditTable}")) {
            return 255;
        }
        return FunctionTemplate.parameterOf(value)
                .map(parameter ->
                        longest(FunctionTemplate.PARAMETERS.section(parameter).values()))
                .orElseGet(() -> stack.written(value)
                        .replace(Deployed.STACK, "s".repeat(LONGEST_STACK))
                        .length());
    }

    private static int longest(Map<String, Object> parameter) {
        if (parameter.get("AllowedValues") instanceof List<?> all) {
            return all.stream().mapToInt(one -> one.toString().length()).max().orElseThrow();
        }
        return parameter.get("MaxLength") instanceof Integer length
                ? length
                : parameter.get("MaxValue").toString().length();
    }
}
