/** The audit table on one machine: Amazon's own DynamoDB Local, with the table that {@code template.yaml} deploys. */
package dev.serverbackup.local.dynamodb;
