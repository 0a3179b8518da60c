using DailyPapers.Digests;
using DailyPapers.Digests.Delivery;
using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Digests;

/// <summary>Editions and subscribers for tests of digests.</summary>
internal static class DigestScene
{
    public static readonly DateOnly Day = new(2025, 8, 14);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static PaperRecord Record(int number) => new()
    {
        Source = "jsonl",
        Arxiv = ArxivId.Parse($"2508.{number:D5}"),
        Title = $"Paper number {number} on learning",
        Authors = [new Author { Name = "Ada Lovelace" }, new Author { Name = "Charles Babbage" }],
        Summary = $"The paper shows result {number}. It holds for small models. It needs no tuning.",
        CodeUrl = $"https://example.org/code/{number}",
    };

    public static async Task<IReadOnlyList<Paper>> PublishAsync(this TemporaryPapers papers, DateOnly date, params IReadOnlyList<PaperRecord> records)
    {
        var stored = (await papers.Get<PaperIntake>().StoreAsync(records, cancellationToken: Token)).Papers;
        await papers.Get<EditionWriter>().ReplaceAsync(date, stored.Select(p => p.Id).ToList(), Token);
        return stored;
    }

    public static async Task SubscribeAsync(
        this TemporaryPapers papers, DigestFrequency frequency = DigestFrequency.Daily, DateTimeOffset? confirmedAt = null, params string[] emails)
    {
        var confirmed = confirmedAt ?? papers.Time.GetUtcNow();
        await using var db = await papers.ReadAsync();
        db.Subscribers.AddRange(emails.Select(email => new Subscriber
        {
            Email = email,
            NormalizedEmail = email.ToLowerInvariant(),
            Frequency = frequency,
            State = SubscriberState.Active,
            CreatedAt = confirmed,
            ConfirmedAt = confirmed,
        }));
        await db.SaveChangesAsync(Token);
    }

    public static Task SubscribeAsync(this TemporaryPapers papers, params string[] emails) => papers.SubscribeAsync(DigestFrequency.Daily, null, emails);

    public static Task<PapersDb> ReadAsync(this TemporaryPapers papers) => papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);

    public static Task<DigestSummary> SendAsync(this TemporaryPapers papers, DateOnly? day = null) =>
        papers.Get<DigestSender>().SendAsync(Period.Day(day ?? Day), new(), progress: null, Token);

    public static async Task<IReadOnlyDictionary<string, DeliveryListing>> DeliveriesAsync(this TemporaryPapers papers) =>
        (await papers.Get<DigestSender>().ListAsync(null, null, Token)).ToDictionary(delivery => delivery.Email);

    public static string[] OutboxFiles(this TemporaryPapers papers) =>
        Directory.Exists(papers.Directory.Outbox) ? Directory.GetFiles(papers.Directory.Outbox, "*.eml") : [];
}
