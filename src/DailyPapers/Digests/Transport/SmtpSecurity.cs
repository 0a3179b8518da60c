namespace DailyPapers.Digests.Transport;

/// <summary>How the connection to the SMTP server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>TLS from the start on port 465; elsewhere STARTTLS, which is required when a password would be sent.</summary>
    Auto,

    /// <summary>No encryption, for a relay on the same machine or a trusted network.</summary>
    None,

    /// <summary>STARTTLS, required.</summary>
    StartTls,

    /// <summary>TLS from the start.</summary>
    Tls,
}
