using DailyPapers.Community.Accounts;
using DailyPapers.Community.Comments;
using DailyPapers.Community.Moderation;
using DailyPapers.Community.Moderation.Filters;
using DailyPapers.Community.Moderation.Reports;
using DailyPapers.Community.Reactions;
using DailyPapers.Papers;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.TestSupport;

/// <summary>A discussion below <see cref="SampleContent.PaperWithoutReproduction"/>, with everything that can happen to a comment.</summary>
internal static class SampleDiscussion
{
    public const string AdministratorEmail = "root@example.org";

    public const string Password = "correct horse battery";

    /// <summary>Adds it, and returns the number of its first comment.</summary>
    public static async Task<long> AddAsync(RunningService service, CancellationToken cancellationToken)
    {
        var root = await PersonAsync(service, "Root", AdministratorEmail, AccountRole.Administrator);
        var grace = await PersonAsync(service, "Grace Hopper", "grace@example.org");
        var emmy = await PersonAsync(service, "Emmy Noether", "emmy@example.org");
        var paper = await service.Get<PaperReader>().FindAsync(SampleContent.PaperWithoutReproduction, cancellationToken)
            ?? throw new InvalidOperationException("The sample's papers come first.");
        var commenting = service.Get<Commenting>();

        var first = await SayAsync(grace, "Does the bound in section 3 need $n \\geq d^2$? For $\\sum_{i=1}^{n} \\lambda_i < \\infty$ I get\n\n$$\n\\frac{1}{n} \\sum_{i=1}^{n} x_i^2 \\leq \\sigma^2 + O(n^{-1/2})\n$$\n\nwhich is **weaker**, see [the appendix](https://example.org/appendix).");
        var reply = await SayAsync(emmy, "> need n at least d squared\n\nNo: `lambda` decays fast enough.\n\n- by *Lemma 2*\n- or by https://example.org/a-rather-long-address-that-has-to-break-somewhere/on-a-small-screen", first);
        for (var (i, parent) = (0, reply); i < 6; i++)
            parent = await SayAsync(i % 2 == 0 ? grace : emmy, $"Point {i + 1}, and one deeper.", parent);
        await commenting.EditAsync(grace.Id, first, "Does the bound in section 3 need $n \\geq d^2$? For $\\sum_{i=1}^{n} \\lambda_i < \\infty$ I get something **weaker**, see [the appendix](https://example.org/appendix). @emmy-noether?", cancellationToken);
        await service.Get<Reacting>().SetAsync(emmy.Id, first, ReactionKind.Insightful, true, cancellationToken);

        var taken = await SayAsync(emmy, "Never mind.");
        await SayAsync(grace, "I had an answer to that.", taken);
        await commenting.DeleteAsync(emmy.Id, taken, cancellationToken);

        var rude = await SayAsync(grace, "This is off the point.");
        await service.Get<Reporting>().ReportAsync(emmy.Id, rude, ReportReason.OffTopic, "Has nothing to do with the paper.", cancellationToken);
        var hidden = await SayAsync(emmy, "Buy my book.");
        await service.Get<CommentModeration>().HideAsync(root.Id, hidden, "Advertising", cancellationToken);
        await service.Get<WordFilters>().AddAsync(root.Id, "casino*", FilterKind.Words, FilterAction.Hold, cancellationToken);
        await SayAsync(emmy, "The casino of random features.");
        await service.Get<Storage.ContentChanges>().NoticeAsync(cancellationToken);
        return first;

        async Task<long> SayAsync(Account author, string text, long? parent = null) =>
            (await commenting.PostAsync(author.Id, paper.Id, parent, text, cancellationToken)).Id
            ?? throw new InvalidOperationException("The sample's comment was refused.");
    }

    /// <summary>Calls somebody by their handle.</summary>
    public static async Task MentionAsync(RunningService service, string handle, CancellationToken cancellationToken)
    {
        var paper = await service.Get<PaperReader>().FindAsync(SampleContent.OldStylePaper, cancellationToken);
        var person = await PersonAsync(service, "Mary Shelley", $"mary-{Guid.NewGuid():N}@example.org");
        await service.Get<Commenting>().PostAsync(person.Id, paper!.Id, null, $"Have you seen this, @{handle}?", cancellationToken);
    }

    private static async Task<Account> PersonAsync(RunningService service, string name, string email, AccountRole role = AccountRole.Reader)
    {
        await using var scope = service.Get<IServiceScopeFactory>().CreateAsyncScope();
        var account = new Account { UserName = email, Email = email, EmailConfirmed = true, DisplayName = name, Role = role, CreatedAt = DateTimeOffset.UtcNow };
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, Password);
        return made.Succeeded ? account : throw new InvalidOperationException(string.Join(" ", made.Errors.Select(error => error.Description)));
    }
}
