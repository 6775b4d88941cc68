package dev.serverbackup.priming;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;

/**
 * Credentials that the SDK's own chain finds, as it will find the real ones: in system properties, where it looks
 * first, and where they are only while they are asked for. To go further along the chain may take the network.
 */
final class CannedCredentials implements AwsCredentialsProvider {
    private static final String ANY = "priming";

    private final DefaultCredentialsProvider chain =
            DefaultCredentialsProvider.builder().build();

    @Override
    public AwsCredentials resolveCredentials() {
        // The properties are everybody's, so one at a time.
        synchronized (CannedCredentials.class) {
            return resolve();
        }
    }

    private AwsCredentials resolve() {
        System.setProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property(), ANY);
        System.setProperty(SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property(), ANY);
        try {
            return chain.resolveCredentials();
        } finally {
            System.clearProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property());
            System.clearProperty(SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property());
        }
    }
}
