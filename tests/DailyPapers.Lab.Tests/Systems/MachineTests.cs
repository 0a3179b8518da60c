using DailyPapers.Lab.Systems;

namespace DailyPapers.Lab.Tests.Systems;

public sealed class MachineTests
{
    [Fact]
    public void The_machine_describes_itself()
    {
        var machine = Machine.Describe();
        Assert.Equal(Environment.ProcessorCount, machine.LogicalCores);
        Assert.True(machine.MemoryBytes > 1 << 28);
        Assert.NotEmpty(machine.CpuModel);
        Assert.Equal(System.Runtime.Intrinsics.X86.Avx2.IsSupported, machine.Simd.Contains("avx2"));
        Assert.StartsWith("10.", machine.DotNet, StringComparison.Ordinal);
    }

    [Fact]
    public void The_libraries_that_compute_are_named_with_versions()
    {
        var libraries = LibraryVersions.Describe();
        Assert.Matches(@"^\d+\.\d+\.\d+", libraries["TorchSharp"]);
        Assert.Matches(@"^\d+\.\d+\.\d+", libraries["libtorch"]);
    }
}
