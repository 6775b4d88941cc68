package dev.serverbackup.local.opsworkscm.account;

import java.util.List;
import java.util.Optional;

/** The attributes of a server that each backup keeps as they were when it began. Windows as {@code [DDD:]HH:MM}, UTC. */
public record ServerAttributes(
        String engine,
        String engineModel,
        String engineVersion,
        String instanceProfileArn,
        String instanceType,
        Optional<String> keyPair,
        String preferredBackupWindow,
        String preferredMaintenanceWindow,
        List<String> securityGroupIds,
        String serviceRoleArn,
        List<String> subnetIds) {

    public ServerAttributes {
        securityGroupIds = List.copyOf(securityGroupIds);
        subnetIds = List.copyOf(subnetIds);
    }
}
