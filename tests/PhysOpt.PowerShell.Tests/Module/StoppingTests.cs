using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>Ctrl+C, in the shape of PowerShell.Stop(): it takes effect within one evaluation, and what was written stays.</summary>
public sealed class StoppingTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("Invoke-GradientDescent ThreeSpaces -LearningRate 1e-9 -MaxIterations ([int]::MaxValue)")]
    [InlineData("Invoke-NewtonStep ThreeSpaces -LearningRate 1e-9 -MaxIterations ([int]::MaxValue)")]
    [InlineData("Invoke-InverseSimulator ThreeSpaces -LearningRate 1e-9 -MaxIterations ([int]::MaxValue)")]
    [InlineData("Invoke-GradientDescent -Physics { param($x) $x[0] } -InitialGuess 1 -LearningRate 1e-9 -MaxIterations ([int]::MaxValue)")]
    public async Task An_endless_run_stops_and_its_records_so_far_are_whole(string command)
    {
        var records = await StopAsync(command, output => output.Count > 50);
        Assert.Equal(Enumerable.Range(0, records.Count), records.Select(record => (int)record.Properties["Iteration"].Value));
        Assert.All(records, record => Assert.Equal("Running", record.Properties["Status"].Value.ToString()));
    }

    [Fact]
    public async Task A_run_whose_output_nobody_sees_stops_too() =>
        Assert.Empty(await StopAsync(
            "Invoke-GradientDescent ThreeSpaces -LearningRate 1e-9 -MaxIterations ([int]::MaxValue) | ForEach-Object { $n[0]++ }",
            _ => module.Calls > 50));

    [Fact]
    public async Task A_line_search_stops_between_two_trials() =>
        Assert.Single(await StopAsync(
            "Invoke-Lbfgs -Objective { param($x) if ($n[0]++ -gt 0) { [System.Threading.Thread]::Sleep(200); [double]::NaN } else { 1.0 " +
                "} } -Gradient { param($x) 1 } -InitialGuess 1",
            _ => module.Calls > 2));

    [Fact]
    public async Task Finite_differences_stop_between_two_evaluations() =>
        Assert.Empty(await StopAsync(
            "Invoke-NewtonStep -Objective { param($x) $n[0]++; [System.Threading.Thread]::Sleep(20); $x[0] } -InitialGuess (1..200)",
            _ => module.Calls > 2));

    [Theory]
    [InlineData("Find-NumericInverse { param($x) $n[0]++; [System.Threading.Thread]::Sleep(20); [Math]::Exp(-$x[0]), 1 } -Target (-1,-1) " +
        "-InitialGuess 0 -MaxIterations 1000000")]
    [InlineData("Get-Hessian { param($x) $n[0]++; [System.Threading.Thread]::Sleep(20); $x[0] } (1..200)")]
    [InlineData("Invoke-InverseSimulator -Physics { param($x) $n[0]++; [System.Threading.Thread]::Sleep(20); $x } -InitialGuess (1..100) " +
        "| ForEach-Object { }")]
    public async Task Other_work_stops_without_a_result(string command) => Assert.Empty(await StopAsync(command, _ => module.Calls > 2));

    [Fact]
    public async Task The_runspace_is_as_good_as_before()
    {
        await StopAsync("Invoke-GradientDescent ThreeSpaces -LearningRate 1e-9 -MaxIterations ([int]::MaxValue)", output =>
            output.Count > 5);
        Assert.Equal(["0", "1"], module.Texts("Invoke-NewtonStep ThreeSpaces -Iterations 1 | ForEach-Object { \"$($_.Iteration)\" }"));
    }

    /// <summary>Runs a command, in which $n[0] counts, until a condition holds; then stops it, within the bound.</summary>
    async Task<IReadOnlyList<PSObject>> StopAsync(string command, Func<PSDataCollection<PSObject>, bool> isUnderWay)
    {
        module.Calls = 0;
        using var shell = System.Management.Automation.PowerShell.Create(module.Runspace);
        using var output = new PSDataCollection<PSObject>();
        module.Runspace.SessionStateProxy.SetVariable("n", module.Counter);
        using var input = new PSDataCollection<PSObject>();
        input.Complete();
        var run = shell.AddScript(command).BeginInvoke(input, output);
        var patience = TimeProvider.System.GetTimestamp();
        while (!isUnderWay(output))
        {
            Assert.False(run.IsCompleted, "It ended by itself."); // the error stream is not looked at: enumerating it waits for the end
            Assert.True(TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromMinutes(1));
            await Task.Delay(5);
        }

        var stopping = TimeProvider.System.GetTimestamp();
        shell.Stop();
        var took = TimeProvider.System.GetElapsedTime(stopping);
        Assert.True(took < Bound, $"It took {took} to stop.");
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        return [.. output];
    }
}
