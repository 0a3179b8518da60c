using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Trust;
using DailyPapers.Community.Comments.Rendering;
using DailyPapers.Community.Reactions;
using DailyPapers.Community.Scoring;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community.Comments;

/// <summary>Registers comments and reactions to them.</summary>
internal static class CommentsSetup
{
    public static void AddComments(this IServiceCollection services)
    {
        services.AddSingleton<CommentHtml>();
        services.AddSingleton<CommentReader>();
        services.AddSingleton<Commenting>();
        services.AddSingleton<IScoreEvents, CommentEvents>();
        services.AddSingleton<IPersonalData, CommentPersonalData>();
        services.AddSingleton<ITrustEvidence, CommentEvidence>();
        services.AddSingleton<Reacting>();
        services.AddSingleton<IPersonalData, ReactionPersonalData>();
    }
}
