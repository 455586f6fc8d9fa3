using Recite.Lab.Formats;

if (args is not [string modelFolder, string path])
{
    Console.Error.WriteLine("usage: Recite.Lab.Formats MODEL_FOLDER FILE.gguf   writes a model that the lab exported for llama.cpp");
    return 2;
}

try
{
    LlamaGguf.Write(modelFolder, path);
    return 0;
}
catch (LabException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
