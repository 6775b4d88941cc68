package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.Durations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** UpdateServerEngineAttributes, and the credentials that CreateServer tells. */
class EngineAttributesTest {

    private static final String ALPHA = "{'ServerName': 'alpha'}";

    private final ServiceUnderTest service = ServiceUnderTest.ofAlphaBravoAndPuppet();

    @Test
    void an_engine_attribute_is_repeated_in_the_answer_and_kept_nowhere() {
        var input = "{'ServerName': '%s', 'AttributeName': '%s', 'AttributeValue': '%s'}";
        var modified = service.call("UpdateServerEngineAttributes", input.formatted("alpha", "CHEF_PIVOTAL_KEY", "k"));

        assertThat(modified.at("/Server/Status").textValue()).isEqualTo("MODIFYING");
        assertThat(modified.at("/Server/EngineAttributes/0/Value").textValue()).isEqualTo("k");
        service.refused(
                AwsErrorType.INVALID_STATE,
                "UpdateServerEngineAttributes",
                input.formatted("alpha", "CHEF_PIVOTAL_KEY", "k"));
        service.clock.move(Durations.DEFAULT.modification());
        assertThat(service.statusOf("alpha")).isEqualTo("HEALTHY");
        assertThat(service.call("DescribeServers", ALPHA).at("/Servers/0/EngineAttributes"))
                .isEmpty();
        service.refused(
                AwsErrorType.VALIDATION,
                "UpdateServerEngineAttributes",
                input.formatted("puppet", "CHEF_PIVOTAL_KEY", "k"));
        service.refused(
                AwsErrorType.VALIDATION,
                "UpdateServerEngineAttributes",
                "{'ServerName': 'alpha', 'AttributeName': 'CHEF_PIVOTAL_KEY'}");
    }

    @Test
    void a_new_server_tells_its_credentials_once() {
        var created = service.call("CreateServer", """
            {'ServerName': 'new', 'Engine': 'ChefAutomate', 'InstanceType': 'm5.large',
             'InstanceProfileArn': 'arn:aws:iam::123456789012:instance-profile/p',
             'ServiceRoleArn': 'arn:aws:iam::123456789012:role/r'}\
            """).get("Server");

        assertThat(created.get("EngineAttributes").findValuesAsText("Name"))
                .containsExactly("CHEF_AUTOMATE_PIVOTAL_KEY", "CHEF_STARTER_KIT", "CHEF_AUTOMATE_ADMIN_PASSWORD");
        assertThat(service.call("DescribeServers", "{'ServerName': 'new'}").at("/Servers/0/EngineAttributes"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Name': 'CHEF_AUTOMATE_ADMIN_PASSWORD', 'Value': 'too-weak'}",
                "{'Name': 'PUPPET_ADMIN_PASSWORD', 'Value': 'other engine'}",
                "{'Name': 'UNKNOWN', 'Value': ''}"
            })
    void an_engine_attribute_that_breaks_a_rule_is_a_validation_error(String attribute) {
        service.refused(AwsErrorType.VALIDATION, "CreateServer", """
            {'ServerName': 'new', 'Engine': 'ChefAutomate', 'InstanceType': 'm5.large',
             'InstanceProfileArn': 'arn:aws:iam::123456789012:instance-profile/p',
             'ServiceRoleArn': 'arn:aws:iam::123456789012:role/r', 'EngineAttributes': [%s]}\
            """.formatted(attribute));
    }
}
