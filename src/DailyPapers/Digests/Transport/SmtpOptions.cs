namespace DailyPapers.Digests.Transport;

/// <summary>The mail server and the sender; section <c>Smtp</c> of the settings. Without <see cref="Host"/> mails become files.</summary>
public sealed class SmtpOptions
{
    /// <summary>The server's name.</summary>
    public string? Host { get; set; }

    /// <summary>Its port.</summary>
    public int Port { get; set; } = 587;

    /// <summary>The account, if the server wants one.</summary>
    public string? User { get; set; }

    /// <summary>Its password.</summary>
    public string? Password { get; set; }

    /// <summary>How the connection is protected.</summary>
    public SmtpSecurity Security { get; set; }

    /// <summary>The SHA-256 fingerprint (hex) of a certificate that is accepted although no authority of this system vouches for it.</summary>
    public string? CertificateSha256 { get; set; }

    /// <summary>The sender, such as <c>Daily Papers &lt;papers@example.org&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>Where answers and unsubscribe requests by mail go; the sender when absent.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>How long connecting, or one mail, may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);
}
