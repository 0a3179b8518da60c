using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Tests.Contract;

public sealed class DeclarationTests
{
    private static readonly Dictionary<string, string> _none = [];

    [Theory]
    [InlineData("n", "9", "whole number from 10 to 400")]
    [InlineData("n", "401", "whole number from 10 to 400")]
    [InlineData("n", "20.5", "whole number from 10 to 400")]
    [InlineData("n", "many", "whole number from 10 to 400")]
    [InlineData("alpha", "NaN", "number from 0 to 1")]
    [InlineData("alpha", "1,5", "number from 0 to 1")]
    [InlineData("tuned", "perhaps", "true or false")]
    [InlineData("kernel", "RELU", "one of relu, gauss")]
    public void A_value_out_of_range_is_refused_by_name_and_range(string name, string text, string range)
    {
        var error = Assert.Throws<FormatException>(() =>
            Samples.Declaration().Resolve(RunMode.Full, new Dictionary<string, string> { [name] = text }));
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(range, error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_parameter_is_refused_with_the_known_ones()
    {
        var error = Assert.Throws<FormatException>(() =>
            Samples.Declaration().Resolve(RunMode.Full, new Dictionary<string, string> { ["N"] = "20" }));
        Assert.Contains("n, alpha, tuned, kernel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_caller_overrides_the_budget_and_the_budget_the_default()
    {
        var declaration = Samples.Declaration();
        Assert.Equal(200, declaration.Resolve(RunMode.Full, _none)["n"].Number);
        Assert.Equal(20, declaration.Resolve(RunMode.Quick, _none)["n"].Number);
        Assert.Equal(30, declaration.Resolve(RunMode.Quick, new Dictionary<string, string> { ["n"] = "30" })["n"].Number);
        Assert.True(declaration.Resolve(RunMode.Quick, _none)["tuned"].Truth);
        Assert.Equal("relu", declaration.Resolve(RunMode.Quick, _none)["kernel"].Name);
    }

    [Fact]
    public void An_inconsistent_declaration_is_refused()
    {
        var sound = Samples.Declaration().Checked();
        Assert.Throws<ArgumentException>(() => (sound with { Slug = "Not A Slug" }).Checked());
        Assert.Throws<ArgumentException>(() => (sound with { Claims = [] }).Checked());
        Assert.Throws<ArgumentException>(() => (sound with { Claims = [Samples.Claim(), Samples.Claim()] }).Checked());
        Assert.Throws<ArgumentException>(() => (sound with { Seeds = [1, 1, 2] }).Checked());
        Assert.Throws<ArgumentException>(() => (sound with { Full = new() { TimeLimitSeconds = 1, SeedCount = 4 } }).Checked());
        Assert.Throws<ArgumentException>(() => (sound with { Full = new() { TimeLimitSeconds = 0, SeedCount = 1 } }).Checked());
        Assert.Throws<FormatException>(() => (sound with { Parameters = [ParameterDeclaration.Whole("n", 5, 10, 20, "")] }).Checked());
    }

    [Theory]
    [InlineData("two-pass-softmax", "TwoPassSoftmax")]
    [InlineData("benign-overfitting-xor", "BenignOverfittingXor")]
    public void A_folder_is_the_slug_in_pascal_case(string slug, string folder) =>
        Assert.Equal(folder, ReproductionDeclaration.FolderOf(slug));

    [Fact]
    public void A_scale_names_what_the_machine_lacks()
    {
        var machine = Samples.Machine();
        Assert.Null(new ScaleRequirement { Description = "any", Simd = ["avx2"], LogicalCores = 2, MemoryBytes = 4L << 30 }.WhatIsMissing(machine, RunMode.Quick));
        Assert.Contains("avx512f", new ScaleRequirement { Description = "", Simd = ["avx2", "avx512f"] }.WhatIsMissing(machine, RunMode.Full), StringComparison.Ordinal);
        Assert.Contains("4 cores", new ScaleRequirement { Description = "", LogicalCores = 4 }.WhatIsMissing(machine, RunMode.Full), StringComparison.Ordinal);
        Assert.Contains("8192 MiB", new ScaleRequirement { Description = "", MemoryBytes = 8L << 30 }.WhatIsMissing(machine, RunMode.Full), StringComparison.Ordinal);
        Assert.Contains("6144 MiB", new ScaleRequirement { Description = "", MemoryPerLastCache = 12 }.WhatIsMissing(machine with { LastCacheBytes = 512 << 20 }, RunMode.Full), StringComparison.Ordinal);
        Assert.Null(new ScaleRequirement { Description = "", MemoryPerLastCache = 12 }.WhatIsMissing(machine with { LastCacheBytes = 32 << 20 }, RunMode.Full));
        Assert.Null(new ScaleRequirement { Description = "", MemoryPerLastCache = 12 }.WhatIsMissing(machine, RunMode.Full));
        Assert.Contains("full run", new ScaleRequirement { Description = "", FullModeOnly = true }.WhatIsMissing(machine, RunMode.Quick), StringComparison.Ordinal);
        Assert.Null(new ScaleRequirement { Description = "", FullModeOnly = true }.WhatIsMissing(machine, RunMode.Full));
        Assert.Equal("64 GPUs", new ScaleRequirement { Description = "64 GPUs", BeyondAnyMachine = true }.WhatIsMissing(machine, RunMode.Full));
    }
}
