package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.local.dynamodb.TemplateSection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of {@code template.yaml} are the code's. */
class TemplateFunctionsTest {
    private static final TemplateSection TEMPLATE = TemplateSection.read(Path.of("template.yaml"));
    private static final TemplateSection PARAMETERS = TEMPLATE.section("Parameters");

    /** Named {@code class::method}, as Lambda's documents do. */
    @ParameterizedTest
    @ValueSource(strings = {"BackupFunction", "FollowUpFunction"})
    void the_handler_is_a_class_that_lambda_can_make_and_its_method(String function) throws Exception {
        String[] named = properties(function).text("Handler").split("::", -1);
        Class<?> handler = Class.forName(named[0]);

        assertThat(RequestHandler.class).isAssignableFrom(handler);
        assertThat(handler.getConstructor().getParameterCount()).isZero();
        assertThat(handler.getMethod(named[1], ScheduledEvent.class, Context.class))
                .isNotNull();
    }

    /** A call that began right before the end of a lease must have ended with the function, and be recorded by it. */
    @Test
    void the_least_time_out_of_a_function_holds_the_longest_call_that_fits_a_lease_by_default() {
        int callTimeout = number("CallTimeoutSeconds", "Default");

        assertThat(callTimeout + number("SettleSeconds", "Default")).isLessThan(number("LeaseSeconds", "Default"));
        assertThat(Stream.of("Timeout", "FollowUpTimeout"))
                .allSatisfy(timeout -> assertThat(number(timeout, "MinValue"))
                        .isGreaterThanOrEqualTo(callTimeout + (int) Settings.ROOM_BESIDE_A_CALL.toSeconds()));
    }

    @Test
    void a_pass_of_the_follow_up_ends_before_the_next_one_by_default() {
        assertThat(PARAMETERS.section("FollowUpScheduleExpression").text("Default"))
                .isEqualTo("rate(5 minutes)");
        assertThat(number("FollowUpTimeout", "Default")).isLessThan(300);
    }

    @Test
    void every_parameter_is_described_and_in_a_group() {
        List<?> groups = (List<?>) TEMPLATE.section("Metadata")
                .section("AWS::CloudFormation::Interface")
                .values()
                .get("ParameterGroups");

        assertThat(groups.stream()
                        .flatMap(group -> ((List<?>) ((Map<?, ?>) group).get("Parameters")).stream())
                        .map(Object::toString))
                .containsExactlyInAnyOrderElementsOf(PARAMETERS.values().keySet());
        assertThat(PARAMETERS.values().keySet())
                .allSatisfy(name ->
                        assertThat(PARAMETERS.section(name).text("Description")).isNotBlank());
    }

    @Test
    void every_suppression_of_a_check_says_why() {
        TemplateSection resources = TEMPLATE.section("Resources");

        assertThat(resources.values().keySet().stream()
                        .map(resources::section)
                        .filter(resource -> resource.values().containsKey("Metadata"))
                        .map(resource -> resource.section("Metadata"))
                        .filter(metadata -> metadata.values().containsKey("checkov"))
                        .flatMap(metadata -> metadata.section("checkov").sections("skip").stream()))
                .isNotEmpty()
                .allSatisfy(skip -> assertThat(skip.text("comment")).hasSizeGreaterThan(40));
    }

    private static TemplateSection properties(String function) {
        return TEMPLATE.section("Resources").section(function).section("Properties");
    }

    private static int number(String parameter, String which) {
        return (Integer) PARAMETERS.section(parameter).values().get(which);
    }
}
