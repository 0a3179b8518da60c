using DailyPapers.Community.Accounts;
using DailyPapers.Papers;
using DailyPapers.Storage;
using DailyPapers.TestSupport;

namespace DailyPapers.Tests.Community;

/// <summary>People and papers for tests of what people do with papers.</summary>
internal static class LibraryScene
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<long> ReaderAsync(this TemporaryPapers papers, string name = "Ada Reader", string? handle = null, AccountRole role = AccountRole.Reader)
    {
        await using var db = await papers.DbAsync();
        var email = $"{Guid.NewGuid():N}@example.org";
        var account = new Account
        {
            DisplayName = name,
            Handle = handle,
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            Role = role,
            CreatedAt = papers.Time.GetUtcNow(),
        };
        db.Users.Add(account);
        await db.SaveChangesAsync(Token);
        return account.Id;
    }

    public static async Task<IReadOnlyList<Paper>> PapersAsync(this TemporaryPapers papers, params PaperRecord[] records) =>
        (await papers.Get<PaperIntake>().StoreAsync(records, cancellationToken: Token)).Papers;

    public static Task<IReadOnlyList<Paper>> PapersAsync(this TemporaryPapers papers, int count) =>
        papers.PapersAsync(Enumerable.Range(1, count).Select(number => Record($"Paper number {number}")).ToArray());

    public static PaperRecord Record(string title, string[]? authors = null, string[]? keywords = null, string[]? categories = null, string? summary = null) => new()
    {
        Source = "jsonl",
        Title = title,
        Authors = [.. (authors ?? ["Ada Lovelace"]).Select(name => new Author { Name = name })],
        Keywords = [.. keywords ?? []],
        Categories = [.. categories ?? []],
        Abstract = summary,
        Published = new DateOnly(2025, 8, 1),
    };

    /// <summary>The change number: it moves with everything that anonymous visitors see.</summary>
    public static async Task<long> ChangeNumberAsync(this TemporaryPapers papers) => (await papers.Get<ContentChanges>().NoticeAsync(Token)).Number;
}
