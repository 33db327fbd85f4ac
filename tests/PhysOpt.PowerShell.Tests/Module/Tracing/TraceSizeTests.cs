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
        module.Calls = 0;
        using var shell = System.Management.Automation.PowerShell.Create(module.Runspace);
        module.Runspace.SessionStateProxy.SetVariable("n", module.Counter);
        using var output = new PSDataCollection<PSObject>();
        using var input = new PSDataCollection<PSObject>();
        input.Complete();

        // the first call is the block itself; the second, the recording, would not end
        var run = shell.AddScript(
            "Get-FunctionTrace { param($x) $m = $n; $m[0] += 1; $turns = ($m[0] -gt 1) ? [int]::MaxValue : 1; for ($i = 0; $i -lt " +
            "$turns; $i++) { $s = $x[0]*1.0 }; $s } 1")
            .BeginInvoke(input, output);
        var patience = TimeProvider.System.GetTimestamp();
        while (module.Calls < 2)
        {
            Assert.False(run.IsCompleted, "It ended by itself.");
            Assert.True(TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromMinutes(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        var stopping = TimeProvider.System.GetTimestamp();
        shell.Stop();
        Assert.True(TimeProvider.System.GetElapsedTime(stopping) < TimeSpan.FromSeconds(2));
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Empty(output);
    }
}
