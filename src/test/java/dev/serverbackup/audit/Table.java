package dev.serverbackup.audit;

/** Both ports: behind them is one table. */
public interface Table extends AuditRepository, FollowUpRepository {}
