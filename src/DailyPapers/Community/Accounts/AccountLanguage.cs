using DailyPapers.Digests.Subscribing;
using DailyPapers.Storage;
using DailyPapers.Wording;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Accounts;

/// <summary>Keeps the language a person chose, so that mails speak it too.</summary>
public sealed class AccountLanguage(IDbContextFactory<PapersDb> contexts)
{
    /// <summary>Gives the account the language, and the digest of the same address, if it is proved to be the person's.</summary>
    public async Task ChooseAsync(long accountId, Texts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var language = texts.Language;
        var account = db.Users.Where(a => a.Id == accountId);
        await account.Where(a => a.Language != language).ExecuteUpdateAsync(set => set.SetProperty(a => a.Language, language), cancellationToken);
        var email = await account.Where(a => a.EmailConfirmed).Select(a => a.Email).SingleOrDefaultAsync(cancellationToken);
        if (EmailAddress.TryParse(email, allowLocalhost: true, out var address, out _))
        {
            await db.Subscribers.Where(s => s.NormalizedEmail == address.Normalized)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Language, language), cancellationToken);
        }
    }
}
