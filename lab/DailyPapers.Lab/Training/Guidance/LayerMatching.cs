namespace DailyPapers.Lab.Training.Guidance;

/// <summary>Which layer of a target network is made to look like which layer of its guide.</summary>
public static class LayerMatching
{
    // #region matching
    /// <summary>
    /// Layers matched evenly by depth, first to first and last to last: each layer of the network that has fewer gets one of the other's, i to round(i (m − 1) / (k − 1)), halves
    /// to the even neighbour.
    /// </summary>
    /// <param name="targetLayers">Layers of the target, at least 1.</param>
    /// <param name="guideLayers">Layers of the guide, at least 1.</param>
    public static IReadOnlyList<(int Target, int Guide)> Even(int targetLayers, int guideLayers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(targetLayers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(guideLayers, 1);
        var (few, many) = (Math.Min(targetLayers, guideLayers), Math.Max(targetLayers, guideLayers));
        var step = few > 1 ? (many - 1) / (few - 1.0) : 0;
        return [.. Enumerable.Range(0, few).Select(i => (i, (int)Math.Round(few > 1 ? i * step : many - 1)))
            .Select(pair => guideLayers <= targetLayers ? (pair.Item2, pair.i) : (pair.i, pair.Item2))];
    }
    // #endregion matching
}
