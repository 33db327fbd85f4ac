using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>A name is watched from the moment it is read, whatever it stands for, also nothing.</summary>
public sealed class WatchedVariablesTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    [Theory]
    [InlineData("$k = 2.0", "k", "$k = 3.0", "$k = 2.0")]
    [InlineData("$k = 0.0", "k", "$k = -0.0", "$k = 0.0")]
    [InlineData("$k = 2", "k", "$k = 2.0", "$k = 2")]
    [InlineData("$k = @{ a = 1.0, 2.0 }", "K", "$k.a[1] = 3.0", "$k = @{ a = 1.0, 2.0 }")]
    [InlineData("$script:k = 2.0", "script:k", "$script:k = 3.0", "$script:k = 2.0")]
    [InlineData("$global:k = 2.0", "global:k", "$global:k = 3.0", "$global:k = 2.0")]
    [InlineData("Remove-Variable later -ErrorAction Ignore", "later", "$later = $null", "Remove-Variable later")]
    [InlineData("$env:PhysOptWatched = 'a'", "env:PhysOptWatched", "$env:PhysOptWatched = 'b'", "$env:PhysOptWatched = 'a'")]
    [InlineData("$env:PhysOptWatched = $null", "env:PhysOptWatched", "$env:PhysOptWatched = 'b'", "$env:PhysOptWatched = $null")]
    [InlineData("function watched { 1 }", "function:watched", "function watched { 2 }", "function watched { 1 }")]
    [InlineData("[void]('ab' -match 'a(.)')", "Matches", "[void]('ac' -match 'a(.)')", "[void]('ab' -match 'a(.)')")]
    [InlineData("$PSDefaultParameterValues = @{}", "PSDefaultParameterValues", "$PSDefaultParameterValues['a:b'] = 1",
        "$PSDefaultParameterValues.Clear()")]
    [InlineData("$ErrorActionPreference = 'Continue'", "ErrorActionPreference", "$ErrorActionPreference = 'Stop'",
        "$ErrorActionPreference = 'Continue'")]
    [InlineData("Set-Variable _ 1.0", "_", "Set-Variable _ 2.0", "Set-Variable _ 1.0")]
    [InlineData("$model = { param($v) $v }", "model", "$model = { param($v) -$v }", "$model = { param($v) $v }")]
    public void A_variable(string before, string name, string change, string back)
    {
        module.Output(before);
        using var watched = new Watched(module.Runspace);
        watched.Read(name);
        Assert.Null(watched.Obstacle);
        Sees(watched, change, back);
    }

    [Theory]
    [InlineData("function watched { 1 }", "watched", "function watched { 2 }", "function watched { 1 }")]
    [InlineData("function watched { 1 }; function other { 1 + 1 }; Set-Alias wtc watched", "wtc", "Set-Alias wtc other",
        "Set-Alias wtc watched")]
    [InlineData("Set-Alias wtc Get-Date", "wtc", "Set-Alias wtc Get-Random", "Set-Alias wtc Get-Date")]
    [InlineData("", "Not-Yet", "function Not-Yet { 1 }", "Remove-Item function:Not-Yet")]
    [InlineData("", "Get-Date", "function Get-Date { 1 }", "Remove-Item function:Get-Date")]
    public void A_command(string before, string name, string change, string back)
    {
        module.Output(before);
        using var watched = new Watched(module.Runspace);
        watched.Resolve(name);
        Sees(watched, change, back);
    }

    [Theory]
    [InlineData("$k = [Random]::new()", "k", "$k, which holds [Random]")]
    [InlineData("$k = @(1, [Diagnostics.Stopwatch]::new())", "k", "$k, which holds [Stopwatch]")]
    [InlineData("", "Host", "[InternalHost]")]
    [InlineData("", "variable:PWD", "[PathInfo]")]
    public void What_is_not_to_be_relied_on_is_named(string before, string name, string reason)
    {
        module.Output(before);
        using var watched = new Watched(module.Runspace);
        watched.Read("PSVersionTable");
        Assert.Null(watched.Obstacle);
        watched.Read(name);
        Assert.Contains(reason, watched.Obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void What_lives_on_after_the_call_is_told_by_the_name_that_leads_to_it()
    {
        module.Output("$outer = @{ rows = @(, @(1.0, 2.0)) }; $other = @(1.0, 2.0)");
        using var watched = new Watched(module.Runspace);
        var outer = (System.Collections.Hashtable)watched.Read("outer")!;
        var row = ((object[])outer["rows"]!)[0];
        Assert.Equal("outer", watched.Holder(row));
        Assert.Null(watched.Holder(new object[] { 1.0, 2.0 }));
        var other = module.Output(", $other")[0].BaseObject;
        Assert.Null(watched.Holder(other));
        watched.Read("other");
        Assert.Equal("other", watched.Holder(other));
    }

    [Fact]
    public void A_name_that_was_not_read_may_change()
    {
        module.Output("$k = 1.0; $m = 1.0");
        using var watched = new Watched(module.Runspace);
        watched.Read("k");
        module.Output("$m = 2.0");
        Assert.False(watched.HaveChanged());
    }

    void Sees(Watched watched, string change, string back)
    {
        Assert.False(watched.HaveChanged());
        module.Output(change);
        Assert.True(watched.HaveChanged());
        module.Output(back);
        Assert.False(watched.HaveChanged());
    }

    /// <summary>The module's watching, on this thread in the place of the session's own.</summary>
    sealed class Watched : IDisposable
    {
        const BindingFlags NonPublic = BindingFlags.Instance | BindingFlags.NonPublic;
        readonly Runspace? before = Runspace.DefaultRunspace;
        readonly object watched;

        internal Watched(Runspace runspace)
        {
            Runspace.DefaultRunspace = runspace;
            var assembly = AppDomain.CurrentDomain.GetAssemblies().Single(each => each.GetName().Name == "PhysOpt.PowerShell");
            var source = assembly.GetType("PhysOpt.PowerShell.ScriptBlocks.Reading.BlockSource", throwOnError: true)!;
            var type = assembly.GetType("PhysOpt.PowerShell.ScriptBlocks.Calling.WatchedVariables", throwOnError: true)!;
            var ofBlock = source.GetConstructors(NonPublic).Single().Invoke([ScriptBlock.Create("1"), null]);
            watched = type.GetConstructor([source])!.Invoke([ofBlock]);
        }

        internal string? Obstacle =>
            (((string Reason, System.Management.Automation.Language.IScriptExtent?)?)watched.GetType().GetProperty("Obstacle", NonPublic)!
                .GetValue(watched))?.Reason;

        internal object? Read(string name) => Call("Read", name, null, null);

        internal void Resolve(string name) => Call("Resolve", name, null);

        internal bool HaveChanged() => (bool)Call("HaveChanged")!;

        internal string? Holder(object value) => (string?)Call("Holder", value);

        object? Call(string method, params object?[] arguments) =>
            watched.GetType().GetMethod(method, NonPublic)!.Invoke(watched, arguments);

        public void Dispose() => Runspace.DefaultRunspace = before;
    }
}
