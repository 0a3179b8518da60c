using TorchSharp.Modules;

namespace DailyPapers.Lab.Optimization.Lion;

/// <summary>Parameters that <see cref="Lion"/> trains with the same options.</summary>
/// <param name="parameters">What is trained.</param>
/// <param name="options">The options; those left null are the optimizer's.</param>
public sealed class LionGroup(IEnumerable<Parameter> parameters, LionOptions options) : ParamGroup<LionOptions>(parameters, options);
