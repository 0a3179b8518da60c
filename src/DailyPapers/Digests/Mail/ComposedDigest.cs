using DailyPapers.Editions;

namespace DailyPapers.Digests.Mail;

/// <summary>A digest ready for any reader: written once, then addressed by putting in each reader's unsubscribe link.</summary>
public sealed class ComposedDigest
{
    private readonly string _html;
    private readonly string _text;
    private readonly string _unsubscribeMark;
    private readonly string _sectionMark;

    internal ComposedDigest(Period period, string subject, int papers, int shown, string text, string html, string unsubscribeMark, string sectionMark)
    {
        (Period, Subject, Papers, Shown) = (period, subject, papers, shown);
        (_text, _html, _unsubscribeMark, _sectionMark) = (text, html, unsubscribeMark, sectionMark);
    }

    /// <summary>The day or week.</summary>
    public Period Period { get; }

    /// <summary>The subject line.</summary>
    public string Subject { get; }

    /// <summary>How many papers the period has.</summary>
    public int Papers { get; }

    /// <summary>How many of them the mail shows; the others are linked.</summary>
    public int Shown { get; }

    /// <summary>The HTML with <paramref name="unsubscribeUrl"/> in its footer, and before it the reader's own section.</summary>
    public string HtmlFor(string unsubscribeUrl, DigestSection? own = null) =>
        _html.Replace($"<!--{_sectionMark}-->", own?.Html, StringComparison.Ordinal).Replace(_unsubscribeMark, unsubscribeUrl, StringComparison.Ordinal);

    /// <summary>The plain text with <paramref name="unsubscribeUrl"/> in its footer, and before it the reader's own section.</summary>
    public string TextFor(string unsubscribeUrl, DigestSection? own = null) =>
        _text.Replace(_sectionMark + "\n", own?.Text, StringComparison.Ordinal).Replace(_unsubscribeMark, unsubscribeUrl, StringComparison.Ordinal);
}
