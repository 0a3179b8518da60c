namespace DailyPapers.Lab.Data.ClassImbalance;

/// <summary>Removes imbalance, wholly or in part, by repeating examples of small classes or leaving out those of large ones (arXiv:1710.05381, section 2).</summary>
public static class ImbalanceResampling
{
    // #region resampling
    /// <summary>Random oversampling: classes below 1/ρ' of the largest are repeated up to that size.</summary>
    /// <param name="members">The examples.</param>
    /// <param name="remaining">ρ', the ratio of largest to smallest class that remains, at least 1; with 1 all become equal.</param>
    /// <param name="seed">The stream of the draw.</param>
    /// <returns>Indices, repeated where examples are; every example occurs at least once.</returns>
    public static long[] Oversample(ClassMembers members, double remaining, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentOutOfRangeException.ThrowIfLessThan(remaining, 1);
        var floor = (int)Math.Round(members.Counts.Max() / remaining);
        return members.Draw([.. members.Counts.Select(count => count == 0 ? 0 : Math.Max(count, floor))], seed);
    }

    /// <summary>Random undersampling: classes above ρ' times the smallest are cut to that size.</summary>
    /// <param name="members">The examples, at least one of each class.</param>
    /// <param name="remaining">ρ', the ratio of largest to smallest class that remains, at least 1; with 1 all become equal.</param>
    /// <param name="seed">The stream of the draw.</param>
    /// <returns>Indices, none twice; the smallest class is whole.</returns>
    public static long[] Undersample(ClassMembers members, double remaining, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentOutOfRangeException.ThrowIfLessThan(remaining, 1);
        var ceiling = members.Counts.Min() * remaining;
        return members.Draw([.. members.Counts.Select(count => (int)Math.Min(count, Math.Round(ceiling)))], seed);
    }
    // #endregion resampling
}
