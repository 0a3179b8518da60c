namespace DailyPapers.Lab.Data.ClickThroughRate;

/// <summary>Completes a log of clicks by records that did not happen, as the benchmarks of Frappe and MovieLens do: two for every click.</summary>
public static class NegativeSampling
{
    /// <summary>After every click, copies of it with another value in one field, such that no click has the same values.</summary>
    /// <param name="clicks">What happened.</param>
    /// <param name="field">The number of the field that is replaced (the app; the tag).</param>
    /// <param name="perClick">Negatives for every click.</param>
    /// <param name="seed">The stream of the draws, uniform over the field's distinct values.</param>
    /// <exception cref="ArgumentException">Some click occurs with nearly every value, so that no other one was found in 1,000 draws.</exception>
    public static IReadOnlyList<ClickRecord> Complete(IReadOnlyList<ClickRecord> clicks, int field, int perClick, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(clicks);
        ArgumentOutOfRangeException.ThrowIfLessThan(perClick, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(field);
        if (clicks.Count == 0)
            return [];
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(field, clicks[0].Values.Count);
        var happened = clicks.Select(click => Key(click.Values)).ToHashSet();
        string[] candidates = [.. clicks.Select(click => click.Values[field]).Distinct().Order(StringComparer.Ordinal)];
        var random = seed.ToRandom();
        var all = new List<ClickRecord>(clicks.Count * (perClick + 1));
        foreach (var click in clicks)
        {
            all.Add(click);
            for (var negative = 0; negative < perClick; negative++)
                all.Add(new(false, Other(click)));
        }
        return all;

        string[] Other(ClickRecord click)
        {
            string[] values = [.. click.Values];
            for (var attempt = 0; attempt < 1000; attempt++)
            {
                values[field] = candidates[random.Next(candidates.Length)];
                if (!happened.Contains(Key(values)))
                    return values;
            }
            throw new ArgumentException($"No value of field {field} was found that makes '{string.Join(", ", click.Values)}' a record that did not happen.", nameof(clicks));
        }
    }

    // No value of these data sets holds the unit separator.
    private static string Key(IEnumerable<string> values) => string.Join('\u001F', values);
}
