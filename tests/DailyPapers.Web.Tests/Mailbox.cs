using DailyPapers.TestSupport;
using MimeKit;

namespace DailyPapers.Web.Tests;

/// <summary>What a service without a mail server has put into its outbox for an address.</summary>
internal static class Mailbox
{
    public static IReadOnlyList<MimeMessage> Of(RunningService service, string email) => !Directory.Exists(service.Directory.Outbox)
        ? []
        : [.. Directory.EnumerateFiles(service.Directory.Outbox, "*.eml")
            .Select(file => MimeMessage.Load(file))
            .Where(message => message.To.Mailboxes.Single().Address.Equals(email, StringComparison.OrdinalIgnoreCase))
            .OrderBy(message => message.Date)];

    /// <summary>The path of the first link in the text of the newest mail that leads to <paramref name="page"/>.</summary>
    public static string Link(RunningService service, string email, string page) => Of(service, email)
        .Select(message => message.TextBody!.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Contains(page + "?token=", StringComparison.Ordinal)))
        .Last(line => line is not null)![("http://localhost:5000".Length)..];
}
