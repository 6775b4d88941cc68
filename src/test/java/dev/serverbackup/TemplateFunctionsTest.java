package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.local.dynamodb.TemplateSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @ValueSource(strings = {"BackupFunction", "FollowUpFunction"})
    void code_and_alarm_know_the_time_out_of_the_function(String function) {
        int timeout = timeout(function);
        TemplateSection alarms = TEMPLATE.section("Resources").section("Alarms").section("Properties");

        assertThat(properties(function)
                        .section("Environment")
                        .section("Variables")
                        .values())
                .containsEntry("FUNCTION_TIMEOUT_SECONDS", timeout);
        assertThat(alarms.section("Parameters").values()).containsEntry(function + "Timeout", timeout);
    }

    @Test
    void a_pass_of_the_follow_up_ends_before_the_next_one() {
        assertThat(properties("FollowUpFunction")
                        .section("Events")
                        .section("Schedule")
                        .section("Properties")
                        .text("Schedule"))
                .isEqualTo("rate(5 minutes)");
        assertThat(timeout("FollowUpFunction")).isLessThan(300);
    }

    /** CloudFormation takes a template of so many bytes without a bucket. */
    @Test
    void the_template_is_small_enough_for_plain_cloudformation() throws IOException {
        assertThat(Files.size(Path.of("template.yaml"))).isLessThan(51_200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alarms", "RunCommand"})
    void an_application_is_given_each_of_its_parameters_and_no_other(String application) {
        TemplateSection properties =
                TEMPLATE.section("Resources").section(application).section("Properties");
        TemplateSection template = TemplateSection.read(Path.of(properties.text("Location")));

        assertThat(properties.section("Parameters").values().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        template.section("Parameters").values().keySet());
    }

    @ParameterizedTest
    @CsvSource({"OnFailureQueuePolicy, OnFailureQueue", "DeliveryDeadLetterQueuePolicy, DeliveryDeadLetterQueue"})
    void a_queue_refuses_what_does_not_come_over_tls(String policy, String queue) {
        TemplateSection properties = properties(policy);

        assertThat(properties.values()).containsEntry("Queues", List.of(Map.of("Ref", queue)));
        assertThat(properties.section("PolicyDocument").sections("Statement"))
                .extracting(TemplateSection::values)
                .contains(Map.of(
                        "Sid", "OnlyOverTls",
                        "Effect", "Deny",
                        "Principal", "*",
                        "Action", "sqs:*",
                        "Resource", Map.of("Fn::GetAtt", queue + ".Arn"),
                        "Condition", Map.of("Bool", Map.of("aws:SecureTransport", "false"))));
    }

    /** Or a policy would be for nothing outside of the partition {@code aws}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "template.yaml",
                "deploy/alarms.yaml",
                "deploy/run-command.yaml",
                "deploy/verify-and-restore.yaml",
                "examples/second-schedule.yaml",
                "examples/backup-bucket.yaml"
            })
    void every_arn_names_the_partition_of_the_stack(String template) throws IOException {
        assertThat(Files.readAllLines(Path.of(template)).stream()
                        .filter(line -> line.matches(".*\\barn:(?!\\$\\{AWS::Partition}|\\[a-z-]\\+:).*")))
                .isEmpty();
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

    @ParameterizedTest
    @ValueSource(strings = {"template.yaml", "deploy/alarms.yaml", "deploy/run-command.yaml"})
    void every_suppression_of_a_check_says_why(String template) {
        TemplateSection resources = TemplateSection.read(Path.of(template)).section("Resources");

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

    private static int timeout(String function) {
        return (Integer) properties(function).values().get("Timeout");
    }
}
