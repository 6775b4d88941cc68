package dev.serverbackup.metrics.powertools;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import software.amazon.cloudwatchlogs.emf.config.EnvironmentConfigurationProvider;
import software.amazon.cloudwatchlogs.emf.environment.Environments;
import software.amazon.lambda.powertools.metrics.MetricsBuilder;

/**
 * Sets for all tests of a JVM what the template sets by variables, which a process can't set for itself: namespace and
 * service, and that metrics are printed. Loaded through {@code ServiceLoader}.
 */
public final class MetricsOfTests implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        EnvironmentConfigurationProvider.getConfig().setEnvironmentOverride(Environments.Lambda);
        MetricsBuilder.builder()
                .withNamespace("ServerBackup")
                .withService("server-backup")
                .build();
    }
}
