using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Community.Notifications.Mail;

/// <summary>Mails what is due each minute, and forgets old notifications.</summary>
public sealed class NotificationMailSchedule(NotificationMailer mailer, NotificationInbox inbox, TimeProvider time, ILogger<NotificationMailSchedule> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await mailer.SendDueAsync(stoppingToken);
                await inbox.PurgeAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(exception, "Notifications could not be mailed; the next try is in a minute.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
