using DailyPapers.Community.Accounts;
using DailyPapers.Community.Notifications.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community.Notifications;

/// <summary>Registers notifications.</summary>
internal static class NotificationsSetup
{
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<NotificationInbox>();
        services.AddSingleton<NotificationPreferences>();
        services.AddSingleton<IPersonalData, NotificationPersonalData>();
        services.AddSingleton<NotificationMailer>();
        services.AddSingleton<NotificationMailSchedule>();
    }
}
