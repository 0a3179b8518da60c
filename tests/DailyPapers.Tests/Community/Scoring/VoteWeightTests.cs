using CsCheck;
using DailyPapers.Community.Upvotes;

namespace DailyPapers.Tests.Community.Scoring;

public class VoteWeightTests
{
    private static readonly Gen<TimeSpan> Ages = Gen.Double[0, 1000].Select(TimeSpan.FromDays);

    private static readonly Gen<Voter> Voters = Gen.Select(
        Ages, Gen.Double[-1000, 1000], Gen.Int[0, 200], Gen.Int[0, 200], (age, apart, votes, shared) => new Voter(age, TimeSpan.FromDays(apart), votes, Math.Min(votes, shared)));

    [Fact]
    public void A_weight_is_more_than_nothing_and_at_most_one() => Gen.Select(Ages, Gen.Int[200, 400], Voters.Array[0, 50]).Sample((age, votes, earlier) =>
        Assert.InRange(VoteWeight.Of(age, votes, earlier), double.Epsilon, 1));

    [Fact]
    public void An_older_account_counts_no_less() => Gen.Select(Ages, Ages).Sample((age, more) =>
        Assert.True(VoteWeight.Standing(age + more) >= VoteWeight.Standing(age)));

    [Fact]
    public void Strangers_of_two_weeks_count_in_full() => Gen.Int[0, 200].Sample(count => Assert.Equal(
        1, VoteWeight.Of(TimeSpan.FromDays(14), 50, Enumerable.Repeat(new Voter(TimeSpan.FromDays(14), TimeSpan.FromDays(3), 50, 0), count))));

    [Fact]
    public void The_more_two_agree_the_less_the_second_adds() => Gen.Select(Gen.Int[1, 199], Ages).Sample((shared, age) =>
        Assert.True(Beside(shared + 1, age) < Beside(shared, age)));

    [Fact]
    public void A_ring_of_fresh_accounts_moves_less_than_as_many_independent_old_ones() => Gen.Select(Gen.Int[2, 100], Gen.Int[0, 200], Gen.Double[0, 5]).Sample((count, votes, days) =>
    {
        var age = TimeSpan.FromDays(days);
        var ring = Enumerable.Range(0, count).Sum(i => VoteWeight.Of(age, votes, Enumerable.Repeat(new Voter(age, TimeSpan.FromMinutes(5), votes, votes), i)));
        Assert.True(ring < count / 2.0);
    });

    [Fact]
    public void A_hundred_accounts_made_together_today_move_less_than_one_reader()
    {
        var ring = Enumerable.Range(0, 100).Sum(i =>
            VoteWeight.Of(TimeSpan.FromHours(1), 0, Enumerable.Repeat(new Voter(TimeSpan.FromHours(1), TimeSpan.FromMinutes(i % 30), 0, 0), i)));
        Assert.InRange(ring, 0, 1);
    }

    [Fact]
    public void A_ring_of_old_accounts_adds_up_far_slower_than_strangers()
    {
        var ring = Enumerable.Range(0, 100).Sum(i =>
            VoteWeight.Of(TimeSpan.FromDays(400), 100, Enumerable.Repeat(new Voter(TimeSpan.FromDays(400), TimeSpan.FromDays(30), 100, 100), i)));
        Assert.InRange(ring, 1, 10);
    }

    private static double Beside(int shared, TimeSpan age) => VoteWeight.Of(age, 200, [new Voter(age, TimeSpan.FromDays(30), 200, shared)]);
}
