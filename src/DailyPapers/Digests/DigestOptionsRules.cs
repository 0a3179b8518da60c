using DailyPapers.Digests.Transport;
using Microsoft.Extensions.Options;

namespace DailyPapers.Digests;

internal sealed class DigestOptionsRules(IOptions<SmtpOptions> smtp) : IValidateOptions<DigestOptions>
{
    public ValidateOptionsResult Validate(string? name, DigestOptions options)
    {
        var problems = new List<string>();
        Require(options.MaxAgeDays is >= 1 and <= 365, $"Digest:MaxAgeDays is {options.MaxAgeDays}; expected 1 to 365.");
        Require(options.MostPapers is >= 1 and <= 100, $"Digest:MostPapers is {options.MostPapers}; expected 1 to 100.");
        Require(options.MostAttempts is >= 1 and <= 50, $"Digest:MostAttempts is {options.MostAttempts}; expected 1 to 50.");
        Require(options.FirstRetry >= TimeSpan.FromSeconds(10), $"Digest:FirstRetry is {options.FirstRetry}; expected at least 00:00:10.");
        Require(options.ConfirmationInterval >= TimeSpan.Zero, $"Digest:ConfirmationInterval is {options.ConfirmationInterval}; expected a time span such as 00:05:00.");
        Require(options.ConfirmationLifetime >= TimeSpan.FromMinutes(10), $"Digest:ConfirmationLifetime is {options.ConfirmationLifetime}; expected at least 00:10:00.");
        // A hand-over is at most one connection and two tries, each bounded by the timeout.
        Require(options.Lease > smtp.Value.Timeout * 3,
            $"Digest:Lease is {options.Lease}; it must be more than three times Smtp:Timeout ({smtp.Value.Timeout}), or a slow mail could be taken for a dead one.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Require(bool holds, string otherwise)
        {
            if (!holds)
                problems.Add(otherwise);
        }
    }
}
