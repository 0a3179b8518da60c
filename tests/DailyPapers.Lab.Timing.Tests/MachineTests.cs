using DailyPapers.TestSupport;

namespace DailyPapers.Lab.Timing.Tests;

public sealed class MachineTests
{
    [Fact]
    public void Caches_grow_from_level_to_level()
    {
        var caches = CpuCaches.Read();
        OptionalComponent.Require(caches.L1 > 0, "Neither the system nor the processor tells its caches.");
        Assert.InRange(caches.L1, 4 << 10, 1 << 20);
        Assert.True(caches.L2 == 0 || caches.L2 >= caches.L1);
        Assert.True(caches.L3 == 0 || caches.L3 >= caches.L2);
        Assert.Equal(Math.Max(caches.L1, Math.Max(caches.L2, caches.L3)), caches.Largest);
        Assert.NotEqual("unknown", caches.Source);
    }

    [Fact]
    public void A_pinned_thread_stays_on_its_core_until_released()
    {
        OptionalComponent.Require(OperatingSystem.IsLinux(), "Threads are pinned on Linux only.");
        // A thread of its own, so that the test runner's keeps its cores whatever happens.
        string before = "", during = "", after = "";
        int? core = null;
        var thread = new Thread(() =>
        {
            before = Allowed();
            using (var pinned = PinnedThread.ToLastCore())
            {
                core = pinned.Core;
                during = Allowed();
            }
            after = Allowed();
        });
        thread.Start();
        thread.Join();
        Assert.NotNull(core);
        Assert.Equal($"{core}", during);
        Assert.Equal(before, after);
    }

    [Fact]
    public void A_buffer_is_filled_aligned_and_gone_after_disposal()
    {
        var buffer = new NativeBuffer<float>(1000, 2.5f);
        Assert.Equal(1000, buffer.Span.Length);
        Assert.Equal(-1, buffer.Span.IndexOfAnyExcept(2.5f));
        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NativeBuffer<float>(-1));
    }

    private static string Allowed() => File.ReadLines("/proc/thread-self/status")
        .First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split(':')[1].Trim();
}
