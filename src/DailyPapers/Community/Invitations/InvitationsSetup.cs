using DailyPapers.Community.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community.Invitations;

/// <summary>Registers invitations.</summary>
internal static class InvitationsSetup
{
    public static void AddInvitations(this IServiceCollection services)
    {
        services.AddSingleton<Inviting>();
        services.AddSingleton<IPersonalData, InvitationPersonalData>();
    }
}
