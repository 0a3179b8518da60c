using DailyPapers.Community.Accounts;
using DailyPapers.Community.Comments;
using DailyPapers.Papers;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Tests.Community;

/// <summary>People and a paper for tests of what people do.</summary>
internal static class CommunityScene
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Account> PersonAsync(this TemporaryPapers papers, string name = "Ada Lovelace", AccountRole role = AccountRole.Reader, string? email = null)
    {
        email ??= $"person-{Guid.NewGuid():N}@example.org";
        await using var scope = papers.Get<IServiceScopeFactory>().CreateAsyncScope();
        var account = new Account { UserName = email, Email = email, EmailConfirmed = true, DisplayName = name, Role = role, CreatedAt = papers.Time.GetUtcNow() };
        var result = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, "correct horse battery");
        Assert.True(result.Succeeded, string.Join(" ", result.Errors.Select(error => error.Description)));
        return account;
    }

    public static async Task<Paper> PaperAsync(this TemporaryPapers papers, string title = "A paper to talk about") =>
        (await papers.Get<PaperIntake>().StoreAsync([new PaperRecord { Source = "jsonl", Title = title }], cancellationToken: Token)).Papers[0];

    public static async Task<long> CommentAsync(this TemporaryPapers papers, Account author, Paper paper, string text = "A remark.", long? parent = null)
    {
        var outcome = await papers.Get<Commenting>().PostAsync(author.Id, paper.Id, parent, text, Token);
        Assert.True(outcome.Id is not null, outcome.Problem);
        return outcome.Id.Value;
    }

    public static async Task<int> CountAsync(this TemporaryPapers papers, Paper paper) => (await papers.Get<PaperReader>().FindAsync(paper.Key, Token))!.Comments;

    public static Task<CommentList> ReadAsync(this TemporaryPapers papers, Paper paper, Account? reader = null) =>
        papers.Get<CommentReader>().ReadAsync(paper.Id, reader?.Id, Token);

    public static Task<PapersDb> DbAsync(this TemporaryPapers papers) => papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);
}
