using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>Long loops, deep recursion, records that would not pay, and a user who will not wait.</summary>
public sealed class TraceSizeTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    [Fact]
    public void Ten_thousand_turns_of_a_loop_are_recorded() => Assert.Equal(
        ["True 20000"],
        module.Texts("$t = Get-FunctionTrace { param($x) $s = $x[0]; for ($i = 0; $i -lt 10000; $i++) { $s = $s*0.999 + $x[1] }; $s } " +
            "1,2; \"$($t.IsTraced) $($t.Operations)\""));

    [Fact]
    public void Fifty_calls_deep_is_not_too_deep() => Assert.Equal(
        ["True 150"],
        module.Texts("""
            function Get-Power($v, $n) { if ($n -eq 0) { 1.0 } else { $v*(Get-Power $v ($n - 1)) } }
            $f = { param($x) Get-Power $x[0] 50 }
            "$((Get-FunctionTrace $f 1.1).IsTraced) $([Math]::Round((Get-Gradient $f 1.0)[0]*3))"
            """));

    [Fact]
    public void A_record_that_would_be_too_long_is_not_made()
    {
        var trace = Assert.Single(
            module.Output("Get-FunctionTrace { param($x) $u = [PhysOpt.Field]$x; for ($i = 1; $i -lt 1100; $i++) { $u = $u*0.5 + $i }; " +
            "$u.Sum() } (1..1000)"));
        Assert.False((bool)trace.Properties["IsTraced"].Value);
        Assert.Contains("more than 2,000,000 operations", (string)trace.Properties["Reason"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_can_be_stopped()
    {
        using var shell = System.Management.Automation.PowerShell.Create(module.Runspace);
        using var output = new PSDataCollection<PSObject>();
        using var input = new PSDataCollection<PSObject>();
        input.Complete();
        var begun = new bool[1];
        module.Runspace.SessionStateProxy.SetVariable("begun", begun);

        // the block itself has not been called yet: it is walked with traced numbers
        var run = shell.AddScript(
            "$begun[0] = $true; Get-FunctionTrace { param($x) for ($i = 0; $i -lt [int]::MaxValue; $i++) { $s = $x[0]*1.0 }; $s } 1")
            .BeginInvoke(input, output);
        while (!begun[0]) await Task.Delay(5, TestContext.Current.CancellationToken);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.False(run.IsCompleted, "It ended by itself.");

        var stopping = TimeProvider.System.GetTimestamp();
        shell.Stop();
        Assert.True(TimeProvider.System.GetElapsedTime(stopping) < TimeSpan.FromSeconds(2));
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Empty(output);
    }
}
