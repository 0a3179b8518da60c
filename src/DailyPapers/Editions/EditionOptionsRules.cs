using Microsoft.Extensions.Options;

namespace DailyPapers.Editions;

internal sealed class EditionOptionsRules : IValidateOptions<EditionOptions>
{
    public ValidateOptionsResult Validate(string? name, EditionOptions options)
    {
        var problems = new List<string>();
        if (options.AutomaticSize is < 1 or > 100)
            problems.Add($"Editions:AutomaticSize is {options.AutomaticSize}; expected 1 to 100.");
        if (options.AutomaticLeast < 1 || options.AutomaticLeast > options.AutomaticSize)
            problems.Add($"Editions:AutomaticLeast is {options.AutomaticLeast}; expected 1 to Editions:AutomaticSize ({options.AutomaticSize}).");
        if (options.Diversity is not (>= 0 and <= 1))
            problems.Add($"Editions:Diversity is {options.Diversity}; expected a number from 0 to 1.");
        if (options.CandidateDays is < 1 or > 365)
            problems.Add($"Editions:CandidateDays is {options.CandidateDays}; expected 1 to 365.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
