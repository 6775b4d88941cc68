package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever parameter shapes a function is in its settings, by which its versions are told. The same on the translated
 * template: {@code .ci/versions_test.py}.
 */
class TemplateVersionsTest {
    /** Lambda's limit in bytes, names and values together. */
    private static final int LARGEST_ENVIRONMENT = 4096;

    @Test
    void a_version_of_the_run_follows_every_setting() {
        assertFollowed(FunctionTemplate.RUN, "MemorySize");
    }

    @Test
    void a_version_of_the_follow_up_follows_every_setting() {
        assertFollowed(FunctionTemplate.FOLLOW_UP, "FollowUpMemorySize");
    }

    @Test
    void the_longest_settings_fit_into_a_function_s_environment() {
        assertThat(FunctionTemplate.FOLLOW_UP.variables().entrySet().stream()
                        .mapToInt(variable -> variable.getKey().length() + longest(variable.getValue()))
                        .sum())
                .isLessThanOrEqualTo(LARGEST_ENVIRONMENT);
    }

    /** What changes with a version's description changes the version, and the description is the settings' number. */
    private static void assertFollowed(FunctionTemplate function, String memory) {
        assertThat(function.properties().section("VersionDescription").text("Fn::Sub"))
                .contains("${%sSettings}".formatted(function.name()));
        assertThat(function.settings().text("Fn::Sub").lines())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                function.variables().entrySet().stream()
                                        .filter(variable -> variable.getValue() instanceof Map)
                                        .map(variable ->
                                                "%s=${%s}".formatted(variable.getKey(), named(variable.getValue()))),
                                Stream.of("memory=${%s}".formatted(memory), "architecture=${Architecture}"))
                        .toList());
    }

    /** What {@code !Ref} names, alone or as what {@code !If} takes where there is something. */
    private static Object named(Object value) {
        Object reference = value;
        if (value instanceof Map<?, ?> conditional && conditional.get("Fn::If") instanceof List<?> choices) {
            reference = choices.get(1);
        }
        return ((Map<?, ?>) reference).get("Ref");
    }

    /** In characters; a table's name has 255 at most. */
    private static int longest(Object value) {
        if (!(value instanceof Map)) {
            return value.toString().length();
        }
        String name = named(value).toString();
        return name.equals("AuditTable")
                ? 255
                : longest(FunctionTemplate.PARAMETERS.section(name).values());
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
