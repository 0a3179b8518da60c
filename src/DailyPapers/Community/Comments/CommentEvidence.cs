using DailyPapers.Community.Accounts.Trust;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Comments;

/// <summary>Comments that stand, and those that a curator hid. What waits or was taken back says nothing.</summary>
internal sealed class CommentEvidence : ITrustEvidence
{
    public async Task<TrustEvidence> ReadAsync(PapersDb db, long accountId, CancellationToken cancellationToken)
    {
        var own = db.Comments.Where(c => c.AuthorId == accountId);
        return new(
            await own.CountAsync(c => c.State == CommentState.Visible, cancellationToken),
            await own.CountAsync(c => c.State == CommentState.Hidden, cancellationToken));
    }
}
