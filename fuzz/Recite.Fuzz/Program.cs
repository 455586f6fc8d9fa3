using Recite.Fuzz;
using SharpFuzz;

// Recite.Fuzz TARGET                 one input after the other from AFL++
// Recite.Fuzz TARGET replay FILE...  each once, with the exception that it ends in
// Recite.Fuzz TARGET seeds FOLDER    writes what to start from
// Recite.Fuzz targets                names of all
if (args is ["targets"])
{
    foreach (IFuzzTarget known in FuzzTargets.All())
        Console.WriteLine(known.Name);
    return 0;
}

if (args.Length == 0 || FuzzTargets.Find(args[0]) is not { } target)
{
    Console.Error.WriteLine($"usage: Recite.Fuzz TARGET [replay FILE... | seeds FOLDER], TARGET one of {string.Join(", ", FuzzTargets.All().Select(known => known.Name))}");
    return 2;
}

switch (args[1..])
{
    case ["replay", .. var files]:
        foreach (string file in files)
        {
            Console.WriteLine(file);
            target.Run(File.ReadAllBytes(file));
        }

        return 0;
    case ["seeds", var folder]:
        Directory.CreateDirectory(folder);
        foreach ((string name, byte[] input) in target.Seeds())
            File.WriteAllBytes(Path.Combine(folder, name), input);
        return 0;
    default:
        Fuzzer.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            target.Run(input.GetBuffer().AsSpan(0, (int)input.Length));
        });
        return 0;
}
