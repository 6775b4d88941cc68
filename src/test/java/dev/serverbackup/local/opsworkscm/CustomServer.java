package dev.serverbackup.local.opsworkscm;

/** What a user has who gives a server a domain of its own. Made for these tests, valid from 2020 to 2049. */
final class CustomServer {

    static final String DOMAIN = "chef.example.com";

    static final String CERTIFICATE = """
        -----BEGIN CERTIFICATE-----
        MIICqjCCAZICAQEwDQYJKoZIhvcNAQELBQAwGzEZMBcGA1UEAwwQY2hlZi5leGFt
        cGxlLmNvbTAeFw0yMDAxMDEwMDAwMDBaFw00OTEyMzEyMzU5NTlaMBsxGTAXBgNV
        BAMMEGNoZWYuZXhhbXBsZS5jb20wggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEK
        AoIBAQCtyg7AcQFe5Ax8vmNEqqafKG683NJp3F6L4BJB6CI/GTQ9dQjEnxC9wk1R
        //EW1ec362UN6SnuvAqS+jHTHHBwxKCk3fSkQmXh3LKDMBrlzjZJbCnzYx3LKy6q
        HkaHk9GIwgxElIvzv2/5n/wL1zACyvYWHiUH8dx91hd9rkL+nRfk0sRybaOEUAfu
        rTjitUy2wqYVWyP7FRP/Hb2dYyrdd3jX92PkoKVCxwAAn2noTNHqy0BBx05Hnq67
        PZ9QGMFfmsochnv7OMczi8HsBMHb9TLfhwycEXvNKF73OnMVVV4tdB+2Np3i+ivq
        Lq5yDllXtn6RKcKAQQ6aaSEAaUX1AgMBAAEwDQYJKoZIhvcNAQELBQADggEBAJyU
        3s0FWYpAhL+d7aM09qfVThSDmfwdn9fNaGS5sO3+D7LZVjRinjzx4Vy5qf+66kAy
        Nj9c+17sou0cD9QJT/2khiSuCP65E715uMUDdszBmCiEaXaGw6XoZPfcWCBFUBui
        doN8O0pnRVMi6EmViwKhQI1DM/f6j6X59k5s5lAQr3hCQOfJErxK6ZAd58nIYifd
        N60dJNZQoeGtRiWpFdN9RBuAy+6gG+K7CuSOtFlUOXFAmwRNWfSK0OIv9udFthad
        EVupGbY6fCanDcVaQ8kFXQTx5C1oBbe4ZS4rbeNrZuYxrGAwHWGA0vfpJcjp51jh
        RQPK0FlM/GNdPbhXz+0=
        -----END CERTIFICATE-----
        """;

    static final String KEY = """
        -----BEGIN PRIVATE KEY-----
        MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCtyg7AcQFe5Ax8
        vmNEqqafKG683NJp3F6L4BJB6CI/GTQ9dQjEnxC9wk1R//EW1ec362UN6SnuvAqS
        +jHTHHBwxKCk3fSkQmXh3LKDMBrlzjZJbCnzYx3LKy6qHkaHk9GIwgxElIvzv2/5
        n/wL1zACyvYWHiUH8dx91hd9rkL+nRfk0sRybaOEUAfurTjitUy2wqYVWyP7FRP/
        Hb2dYyrdd3jX92PkoKVCxwAAn2noTNHqy0BBx05Hnq67PZ9QGMFfmsochnv7OMcz
        i8HsBMHb9TLfhwycEXvNKF73OnMVVV4tdB+2Np3i+ivqLq5yDllXtn6RKcKAQQ6a
        aSEAaUX1AgMBAAECggEAByk+z144tLzH6PH9bCxt/jvvyDd/Mh6DBNeAWRfkJV54
        ARpL+LInQfJ6NilKOWsqAmtgOCEF+dDkzKajm/PdjEAF8JU2yff0c8ig0HgQe6yy
        HvdmiSFp7l/Cpf7mYBrOtQht8ft/AtW+GvalL6W31D2hw0qNsxSbxdGnGSYvm4cz
        PUcyRnb61pqPZNGNLYdubTk354hm7xsQ/10WoA+lVN6Lv8msI1khqtAV2yL4p1ZV
        vfSE7TBCS36IKrUDvGQFLhWYSrnmFYm355fzGE8d95HpGL2O2hbcs+WmtCcS8n34
        ZOPBC6rf54qVdywoLjFT8nC7UZNgiFHF3E0T0nmg9wKBgQDTe/R1JH8dk/S0TkgC
        loUGkRMndkB2NWOJd0VT2bh50A/3t6HGADz2inMHMsxQd/SrLs7CYL9vJ4oXi7RD
        vOXjOgdTBOaBZQueMck5hq00u2/KyXD5nU5s38jZxecck/f3P7fU+exob4IYhtT9
        vycBoklRj7Kygii2N5HqE1/vIwKBgQDSXt+VoPMv2uURO4lIZXESd9BIR2M/zoJ2
        6gwUJfIhq4mq5nfYeZMgh4fnn+lliCO4jWqD4QNeyxBPNj/9c0ZvyvigKA3d6pyx
        0TCrWf5eR4qzDnzfgZv5Yjl/PTI+g+6kav786hWjC24fEj1cG0ZQ8+GDz5VK4/MS
        p9vlNKkUBwKBgQDADF6QSlZNC+E6I6RtBTdEIVZdjZs4PX9ohDEm1h4aMIFvmQiF
        gA3cbRnMPasgn+5Fzbng9m6hiCx0+V737IBu+nFQSLDybEpCnD95x/1eV6BLbOb1
        Jo7je80vRfJ8FzslAm30MAkpRanEkBy3WXEYoMEoGfBS/rPt1UTiZjnGNQKBgD37
        H+ro8d2eo7DxFqCS6r6jOGWjStWo1X2NtaNWDsHm1XfZ0WOhZjzGUb9nuQ9mDgg4
        +jIC4MhUEekUtcPJ6+3SInClfHhuwF4PoURLDovejjn1QctkV30heIlJkX0jx/L/
        Z0NDAL76Bib3a8awboY5ZK8+QOFAygQsGrisTEiPAoGBAMUrisH8aQwYxPUcpgr0
        sUPnzVhsZUtv5GVuD36K41fnhM+WHDnISPlhSQno0plc7zaG2FVABU0evfSJ1z5y
        LKzlkt13Xmq40v1j0gbrzF4/TMhqM/Jfpob2M5AupU3N5TbfAkQ2Ei4+anws7sqj
        Y/ZjEHGS2KUe8rcPAERZ/9to
        -----END PRIVATE KEY-----
        """;

    /** As they stand in a JSON string. */
    static final String CERTIFICATE_JSON = CERTIFICATE.replace("\n", "\\n");

    static final String KEY_JSON = KEY.replace("\n", "\\n");

    /** A node's request for a certificate. */
    static final String SIGNING_REQUEST = """
        -----BEGIN CERTIFICATE REQUEST-----
        MIICYzCCAUsCAQAwHjEcMBoGA1UEAwwTaS0wYWJjZDEyMzRlZjU2Nzg5MDCCASIw
        DQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAMCOFZ9nw9igg9O3t4yxRr06+dze
        stHkcKlOs2Cmbn1481uQZWZcHm/N82/bjzjRnxZICU49+wKduEUWYP2gZaXBcgbZ
        6hkGuACCdOeNfrlDRaNtCkNaey1yiLysYHHJQXHdrpKdq+gL35E6T/hbRERo9NSb
        kg25bQKhPKaD2M9ghaF2x3kAF2nQabrH4CuToG0Hs9b05fKpwCAu8NvZfs7EHJqM
        9MYN85bZVmKJt6zpzLB2KmLixIj4uupnG1jDg9vzZH2JaHCB3WUZGHECuN0mVtaj
        cyKbeiValQmmINbg6/G5F/Nc+Wi4zpLmK6Q/hwshS/JLiX1vty+effqRUJMCAwEA
        AaAAMA0GCSqGSIb3DQEBCwUAA4IBAQBiK/zg4QcSG4xMagX7sAcSivDhGO29YEli
        HcbbGm/oyjjXt1ywze0zT3B0e+qI9q5XNHhDCMFOzH6K6paQlkYauxHAryF4CaKG
        9zBYugujvMyKNcipF3dRAmfjdXtXFfbQIIvUWtAdXXLT2MshECSe+xbJueq/gJPU
        W7ikJXZKxnPV+P/2RWKUXAbUzJ2GPyPNYNn9irMokrI1MUUo4H4V/HJU8dQO5AIK
        K8iG/jT9iwx3cTvHs+NmNHezfeSqy/8hJTqxvMl8kcJUN/o/pcBv9ZATgql+/Pdy
        u/Syw1FfVBFdMLpaTJw6Y2IZ0zJavS87F64hZMrGaNGA5IoYyJBZ
        -----END CERTIFICATE REQUEST-----
        """;

    private CustomServer() {}
}
