using System.Management.Automation.Language;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Calls of functions and script blocks: arguments to parameters, a scope of its own, begin, process and end.</summary>
internal static class Functions
{
    /// <summary>The sink that a function is in a pipeline; without input it is only ended.</summary>
    /// <param name="f">The caller.</param>
    /// <param name="function">The function or block.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="next">Where its output goes.</param>
    /// <param name="hasInput">Whether objects come through a pipeline.</param>
    /// <param name="isDotted">Whether it runs in the caller's own scope.</param>
    internal static Sink Open(Frame f, BlockValue function, Arguments arguments, Sink next, bool hasInput, bool isDotted = false)
    {
        var body = Body.Of(function.Syntax);
        if (body.Obstacle is { } obstacle) throw new TraceRefusedException(obstacle, f.Recording.Place?.Extent);
        if (body is { IsAdvanced: true, Name: { } name }) Known.RefusePresets(f, name);
        if (isDotted && body.ReadsInput)
            throw new TraceRefusedException("It runs a block by a dot that reads $input, which is not supported: call it by &");
        var inner = f.Calling(isDotted ? f.Scope : ScopeOf(f, function), isDotted);
        return new FunctionSink(inner, body, arguments, next, hasInput);
    }

    /// <summary>Calls a function or block with arguments alone.</summary>
    /// <returns>What it put out: nothing, one object, or an array.</returns>
    internal static Collected Call(Frame f, BlockValue function, IEnumerable<object?> arguments)
    {
        var collected = new Collected();
        Open(f, function, Arguments.Of(arguments), collected, hasInput: false).End();
        return collected;
    }

    static Scope ScopeOf(Frame f, BlockValue function)
    {
        if (function.Captured is { } captured)
        {
            var outside = function.SurroundingsIn(f.Scope.Surroundings);
            var closure = new Scope(null, outside);
            foreach (var (name, value) in captured) closure.Write(name, value);
            return new(closure, outside);
        }

        // called from a module it sees the variables of whoever called that
        var surroundings = function.SurroundingsIn(f.Scope.Surroundings);
        return new(f.ScopeIn(surroundings), surroundings);
    }

    /// <summary>A function on its way.</summary>
    sealed class FunctionSink : Sink
    {
        readonly Frame f;
        readonly Body body;
        readonly Arguments arguments;
        readonly Sink next;
        readonly Ast? place;
        readonly bool hasInput;
        readonly Parameter? piped;
        readonly List<object?> input = [];
        bool isBound;
        bool hasBegun;

        internal FunctionSink(Frame f, Body body, Arguments arguments, Sink next, bool hasInput)
        {
            (this.f, this.body, this.arguments, this.next, this.hasInput) = (f, body, arguments, next, hasInput);
            place = f.Recording.Place;
            piped = Array.Find(body.Parameters, parameter => parameter.TakesPipeline);
            if (hasInput && piped is null && Array.Exists(body.Parameters, parameter => parameter.TakesProperty))
                throw new TraceRefusedException("A function takes properties of its input by name", body.Syntax.Extent);
        }

        /// <summary>An advanced function binds its arguments as a cmdlet does; any other when it first has something to run.</summary>
        internal override void Prepare()
        {
            if (body.IsAdvanced) BindOnce();
        }

        internal override void Begin()
        {
            if (hasBegun) return;
            hasBegun = true;
            Prepare();
            if (body.Begin is not null) Run(body.Begin);
        }

        internal override void Write(object? value)
        {
            Begin();
            piped?.SetPiped(f, value);
            if (body.Process is null)
            {
                input.Add(value);
                return;
            }

            BindOnce();
            f.Scope.Write("_", value);
            Run(body.Process);
        }

        internal override void End()
        {
            Begin();
            if (body.End is not null) BindOnce();
            if (!hasInput && body.Process is not null)
            {
                if (f.Scope.ReadLocal("_") is null) f.Scope.Write("_", null); // not that of the caller
                Run(body.Process);
            }

            if (body.Process is null && f.Depth > 1) f.Scope.Write("input", new PipedInput([.. input]));
            if (hasInput && body.Process is null && piped is not null && input.Count > 0) piped.SetPiped(f, input[^1]);
            if (body.End is not null) Run(body.End);
            next.End();
        }

        void BindOnce()
        {
            if (isBound) return;
            isBound = true;
            if (place is not null) f.Recording.At(place);
            ParameterBinding.Bind(f, body, arguments, hasInput);
        }

        void Run(Execution part)
        {
            BindOnce();
            if (part(f, next) is Flow.Break or Flow.Continue)
                throw new TraceRefusedException("It runs into a break or continue that belongs to no loop of its own", body.Syntax.Extent);
        }
    }
}
