using MimeKit;

namespace DailyPapers.Digests.Transport;

internal sealed class OutboxSession(string folder) : IMailSession
{
    public async Task<MailResult> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = Path.Combine(folder, FileName(message.MessageId ?? throw new ArgumentException("The message has no Message-ID.", nameof(message))));
        var beside = $"{file}.{Guid.NewGuid():N}.partial";
        try
        {
            Directory.CreateDirectory(folder);
            await using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                await message.WriteToAsync(stream, CancellationToken.None);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, file, overwrite: true);
            return new(MailStatus.Accepted, $"Written to {Path.GetFileName(file)}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(MailStatus.Unavailable, $"The outbox '{folder}' cannot be written: {exception.Message}");
        }
        finally
        {
            if (File.Exists(beside))
                File.Delete(beside);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string FileName(string messageId) =>
        string.Concat(messageId.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '@' ? c : '_')) + ".eml";
}
