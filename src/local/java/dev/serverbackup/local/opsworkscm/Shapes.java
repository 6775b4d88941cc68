package dev.serverbackup.local.opsworkscm;

import dev.serverbackup.local.http.Range;
import dev.serverbackup.local.http.Text;

/** The constraints of the API's shapes, under the names that its model gives them. */
final class Shapes {

    static final Text SERVER_NAME = Text.of(1, 40).matching("[a-zA-Z][a-zA-Z0-9\\-]*");
    static final Text BACKUP_ID = Text.of(0, 79).matching("[a-zA-Z][a-zA-Z0-9\\-\\.\\:]*");
    static final Text STRING = Text.of(0, 10_000);
    static final Text KEY_PAIR = Text.of(0, 10_000).matching(".*");
    static final Text NEXT_TOKEN = Text.of(0, 10_000);
    static final Text TIME_WINDOW =
            Text.of(0, 10_000).matching("^((Mon|Tue|Wed|Thu|Fri|Sat|Sun):)?([0-1][0-9]|2[0-3]):[0-5][0-9]$");
    static final Text INSTANCE_PROFILE_ARN = Text.of(0, 10_000).matching("arn:aws:iam::[0-9]{12}:instance-profile/.*");
    static final Text SERVICE_ROLE_ARN = Text.of(0, 10_000).matching("arn:aws:iam::[0-9]{12}:role/.*");
    /** The API sets no limit here; without one, its pattern takes minutes to refuse a text of megabytes. */
    static final Text RESOURCE_ARN = Text.of(0, 10_000).matching("arn:aws.*:opsworks-cm:.*:[0-9]{12}:.*");

    static final Text TAG_KEY = Text.of(1, 128).matching("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
    static final Text TAG_VALUE = Text.of(0, 256).matching("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
    static final Text ENGINE_ATTRIBUTE_NAME = Text.of(0, 10_000);
    static final Text ENGINE_ATTRIBUTE_VALUE = Text.of(0, 10_000).kept();
    static final Text CUSTOM_DOMAIN = Text.of(0, 253)
            .matching("^(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])$");
    static final Text CUSTOM_CERTIFICATE =
            Text.of(0, 2_097_152).matching("(?s)\\s*-----BEGIN CERTIFICATE-----.+-----END CERTIFICATE-----\\s*");
    static final Text CUSTOM_PRIVATE_KEY = Text.of(0, 4_096)
            .matching("(?ms)\\s*^-----BEGIN (?-s:.*)PRIVATE KEY-----$.*?^-----END (?-s:.*)PRIVATE KEY-----$\\s*")
            .kept();

    static final Text ATTRIBUTE_NAME = Text.of(1, 64).matching("[A-Z][A-Z0-9_]*");
    static final Text ATTRIBUTE_VALUE = Text.of(0, 10_000);
    static final Text NODE_NAME = Text.of(0, 10_000).matching("^[\\-\\p{Alnum}_:.]+$");
    static final Text NODE_ASSOCIATION_STATUS_TOKEN = Text.of(0, 10_000);

    static final Range TAG_LIST = new Range(0, 200);
    static final Range ANY_LIST = Range.atLeast(0);
    static final Range MAX_RESULTS = Range.atLeast(1);
    static final Range BACKUP_RETENTION_COUNT = Range.atLeast(1);
    /** UpdateServer's retention count is a plain integer. */
    static final Range ANY_INTEGER = Range.atLeast(Integer.MIN_VALUE);

    private Shapes() {}
}
