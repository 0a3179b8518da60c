namespace DailyPapers.Lab.Runner.Papers.Guidance;

/// <summary>
/// The best of the learning rates 0.0003, 0.001 and 0.003 for each training on images, and of these and 0.01 for the recurrent network on the copy task, on a seed
/// that the published run does not use; the transformer's was not tuned.
/// </summary>
internal static class Tuned
{
    // #region tuned
    internal const double DenseAlone = 0.003;
    internal const double DenseGuided = 0.003;
    internal const double Residual = 0.003;
    internal const double PlainAlone = 0.003;
    internal const double PlainGuided = 0.003;
    internal const double Transformer = 0.001;
    internal const double RecurrentAlone = 0.001;
    internal const double RecurrentGuided = 0.001;
    // #endregion tuned
}
