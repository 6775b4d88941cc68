package dev.serverbackup.bench.arm;

import java.net.URI;
import java.util.Map;

/** The variables that lead any of AWS's SDKs to the fake. */
final class AwsVariables {
    private AwsVariables() {}

    static Map<String, String> of(URI aws) {
        return Map.of(
                "AWS_ENDPOINT_URL", aws.toString(),
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_EC2_METADATA_DISABLED", "true");
    }
}
